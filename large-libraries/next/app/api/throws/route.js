import { setTenant } from '@bellwether/meters';

export function GET() {
  setTenant('acme');
  throw new Error('on purpose');
}
