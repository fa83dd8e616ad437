/** An address without what may be secret in it: user name, password, query, fragment. */
export function shownUrl(address: string): string {
  const url = URL.parse(address);
  if (url === null || url.host === '') return '[an address that cannot be read]';
  return `${url.protocol}//${url.host}${url.pathname === '/' ? '' : url.pathname}`;
}
