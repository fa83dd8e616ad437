import type { IncomingHttpHeaders } from 'node:http';

/**
 * What proxies in front say of the client, and of the host and the scheme it asked for. These are claims of headers: good enough to describe a
 * span, never to decide anything.
 */
export interface Forwarded {
  readonly client: string | undefined;
  readonly host: string | undefined;
  readonly scheme: 'http' | 'https' | undefined;
}

const direct: Forwarded = { client: undefined, host: undefined, scheme: undefined };

/** @see https://opentelemetry.io/docs/specs/semconv/http/http-spans/#setting-serveraddress-and-serverport-attributes */
export function forwarded(headers: IncomingHttpHeaders): Forwarded {
  const standard = headers.forwarded;
  const client = headers['x-forwarded-for'];
  const host = headers['x-forwarded-host'];
  if (standard === undefined && client === undefined && host === undefined) return direct;
  return {
    client: withoutPort(parameter(standard, 'for')) ?? withoutPort(first(client)),
    host: parameter(standard, 'host') ?? first(host),
    scheme: schemeOf(parameter(standard, 'proto') ?? first(headers['x-forwarded-proto'])),
  };
}

function schemeOf(text: string | undefined): Forwarded['scheme'] {
  const lower = text?.toLowerCase();
  return lower === 'http' || lower === 'https' ? lower : undefined;
}

export interface HostAndPort {
  readonly host: string;
  readonly port: number | undefined;
}

const LAST_PORT = 65_535;

/** Splits `host`, `host:port`, `[::1]:port`. What is none of these is a host as it stands. */
export function hostAndPort(authority: string): HostAndPort {
  const match = /^(\[[^\]]*\]|[^:]*)(?::(\d{1,5}))?$/.exec(authority);
  const port = match?.[2] === undefined ? undefined : Number(match[2]);
  if (match === null || (port ?? 0) > LAST_PORT) return { host: authority, port: undefined };
  return { host: (match[1] ?? '').replace(/^\[(.*)\]$/, '$1'), port };
}

/** The first value of a parameter of RFC 7239: `Forwarded: for=192.0.2.60;host="example.com:8080"`. */
function parameter(header: string | undefined, name: 'for' | 'host' | 'proto'): string | undefined {
  if (header === undefined) return undefined;
  const found = new RegExp(`(?:^|[;,])\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^;,\\s]*))`, 'i').exec(
    header,
  );
  return found?.[1] || found?.[2] || undefined;
}

function first(header: string | string[] | undefined): string | undefined {
  const text = Array.isArray(header) ? header[0] : header;
  return text?.split(',', 1)[0]?.trim() || undefined;
}

function withoutPort(address: string | undefined): string | undefined {
  return address === undefined ? undefined : hostAndPort(address).host;
}
