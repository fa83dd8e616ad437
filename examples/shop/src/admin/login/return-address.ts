/** Where to go after a login: only into the admin area or Grafana, and never to another host; the admin area otherwise. */
export function returnAddress(wanted: unknown): string {
  if (typeof wanted !== 'string' || wanted.length > 2_000) return '/admin';
  const here = 'http://here.invalid';
  const url = URL.canParse(wanted, here) ? new URL(wanted, here) : undefined;
  const inside = url?.origin === here && /^\/(admin|grafana)(\/|$)/.test(url.pathname);
  const leadsBack = url?.pathname.startsWith('/admin/log') ?? false;
  return url !== undefined && inside && !leadsBack ? url.pathname + url.search : '/admin';
}
