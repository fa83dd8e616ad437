import { setTenant } from '@bellwether/meters';

export function getServerSideProps() {
  setTenant('acme');
  throw new Error('on purpose');
}

export default function Throws() {
  return null;
}
