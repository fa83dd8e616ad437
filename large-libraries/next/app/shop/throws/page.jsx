import { setTenant } from '@bellwether/meters';

export const dynamic = 'force-dynamic';

export default function Throws() {
  setTenant('acme');
  throw new Error('on purpose');
}
