export const dynamic = 'force-dynamic';

/** Whose tenant the proxy names. */
export default function ByProxy() {
  return <p>by proxy</p>;
}
