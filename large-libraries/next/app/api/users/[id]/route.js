import { setTenant } from '@bellwether/meters';

export async function GET(_request, { params }) {
  setTenant('acme');
  return Response.json(await params);
}
