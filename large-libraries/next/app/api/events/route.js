import { setTenant } from '@bellwether/meters';

export const dynamic = 'force-dynamic';

/** Events until the reader goes. */
export function GET() {
  setTenant('acme');
  const body = new ReadableStream({
    start: (controller) => controller.enqueue(new TextEncoder().encode('data: 1\n\n')),
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
}
