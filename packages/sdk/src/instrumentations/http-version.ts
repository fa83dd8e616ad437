import { httpVersions } from '@bellwether/meters/conventions';

export type HttpVersion = (typeof httpVersions)[number];

const known = new Map<string, HttpVersion>([
  ...httpVersions.map((version) => [version, version] as const),
  ['2.0', '2'],
  ['3.0', '3'],
]);

/** `network.protocol.version` of what Node calls `httpVersion`; `undefined` for any that is not in use. */
export function protocolVersion(httpVersion: string): HttpVersion | undefined {
  return known.get(httpVersion);
}
