import type { Request } from 'express';
import { GrafanaProblem } from './grafana-problem.ts';

/**
 * The whole body, at most so many bytes. Grafana is sent what was read, with its true length: however a request was framed when it
 * came, the next one on that connection can't begin inside of it.
 */
export async function readWholeBody(request: Request, maxBytes: number): Promise<Buffer> {
  if (request.readableEnded || request.body !== undefined) {
    throw new GrafanaProblem(
      'ERR_GRAFANA_BODY',
      'Expected a request whose body nobody has read.',
      'This is a fault of the application: it must mount grafanaProxy() before any body parser.',
    );
  }
  const tooLarge = () =>
    new GrafanaProblem(
      'ERR_GRAFANA_TOO_LARGE',
      `Expected a body of at most ${maxBytes} bytes.`,
      'Ask for less at once.',
    );
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
