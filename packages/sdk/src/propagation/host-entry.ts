import { isIP } from 'node:net';

/** One entry of `BELLWETHER_BAGGAGE_HOSTS`. */
export type HostEntry =
  | { readonly kind: 'name' | 'address'; readonly host: string; readonly port: number | undefined }
  | {
      readonly kind: 'network';
      readonly host: string;
      readonly prefix: number;
      readonly port: undefined;
    };

const nameShape =
  /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*$/;

/** Reads `name`, `name:port`, `10.0.0.7`, `10.0.0.7:8080`, `::1`, `[::1]:8080` or `10.0.0.0/8`; `undefined` when it is none of them. */
export function parseHostEntry(text: string): HostEntry | undefined {
  const network = /^([^/]+)\/(\d{1,3})$/.exec(text);
  if (network) return networkEntry(plainHost(network[1] ?? ''), Number(network[2]));

  const whole = plainHost(text);
  if (isIP(whole)) return { kind: 'address', host: whole, port: undefined };

  const withPort = /^(.+):(\d{1,5})$/.exec(text);
  const host = withPort ? plainHost(withPort[1] ?? '') : whole;
  const port = withPort ? Number(withPort[2]) : undefined;
  if (port !== undefined && (port < 1 || port > 65_535)) return undefined;
  if (isIP(host)) return { kind: 'address', host, port };
  return nameShape.test(host) ? { kind: 'name', host, port } : undefined;
}

/** Lower case, without brackets, a root dot, an IPv6 zone, or the IPv6 form of an IPv4 address: two spellings of one host are equal. */
export function plainHost(host: string): string {
  const bare = host
    .trim()
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')
    .replace(/%.*$/, '');
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(bare)?.[1] ?? bare;
}

function networkEntry(host: string, prefix: number): HostEntry | undefined {
  const version = isIP(host);
  if (version === 0 || prefix > (version === 4 ? 32 : 128)) return undefined;
  return { kind: 'network', host, prefix, port: undefined };
}
