import { setTenant } from '@bellwether/meters';

export default function handler(request, response) {
  setTenant('acme');
  response.json({ id: request.query.id });
}
