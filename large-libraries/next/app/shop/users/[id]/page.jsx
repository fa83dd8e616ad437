import { setTenant } from '@bellwether/meters';

export const dynamic = 'force-dynamic';

export default async function User({ params }) {
  setTenant('acme');
  return <p>{(await params).id}</p>;
}
