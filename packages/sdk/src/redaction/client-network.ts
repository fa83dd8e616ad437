import { isIPv4, isIPv6 } from 'node:net';

/** Loopback, private, link-local and shared: these say nothing about a person. */
const privateV4 =
  /^(?:0|10|127)\.|^169\.254\.|^192\.168\.|^172\.(?:1[6-9]|2\d|3[01])\.|^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./;
const privateV6 = /^(?:::1?$|f[cd]|fe[89ab])/i;

/**
 * The network of a client instead of its address, which is personal data: 24 bits of IPv4, 48 bits of IPv6. Addresses that are nobody's (private
 * ones, loopback) stay whole. `undefined` for what is no address: a proxy may claim anything.
 *
 * @example
 * clientNetwork('203.0.113.7'); // 203.0.113.0
 */
export function clientNetwork(address: string | undefined): string | undefined {
  if (address === undefined) return undefined;
  const mapped = /^::ffff:(?=\d+\.)/i.exec(address)?.[0] ?? '';
  const bare = address.slice(mapped.length);
  if (isIPv4(bare)) {
    return privateV4.test(bare) ? address : `${mapped}${bare.replace(/\d+$/, '0')}`;
  }
  if (!isIPv6(bare)) return undefined;
  if (privateV6.test(bare)) return address;
  const [head = '', tail] = bare.split('%', 1)[0]?.split('::') ?? [];
  const groups = head === '' ? [] : head.split(':');
  const given = tail === undefined ? groups : [...groups, '0', '0', '0'];
  return `${given.slice(0, 3).join(':')}::`;
}
