import { setTenant } from '@bellwether/meters';

export function getServerSideProps({ params }) {
  setTenant('acme');
  return { props: { id: params.id } };
}

export default function User({ id }) {
  return <p>{id}</p>;
}
