import type { IncomingHttpHeaders } from 'node:http';
import { fuzz, hostileText } from '@bellwether/testkit/fuzz';
import fc from 'fast-check';
import { expect } from 'vitest';
import { hideQuery, queryRedactor } from '../redaction/query.ts';
import { countryIn } from './http-country.ts';
import { forwarded, hostAndPort } from './http-forwarded.ts';
import { httpMethod } from './http-method.ts';
import { pathOf, splitTarget } from './http-query.ts';
import { outgoingUrl } from './outgoing-url.ts';

const part = hostileText();
const header = fc.option(part, { nil: undefined });
const address = fc.oneof(part, fc.webAuthority({ withIPv6: true, withPort: true }), fc.ipV6());

fuzz(
  'what proxies claim is read or left alone, and never longer than what was claimed',
  fc.record({
    forwarded: fc.option(
      fc.oneof(
        part,
        fc
          .array(fc.tuple(fc.constantFrom('for', 'FOR', 'host', 'by', 'x'), part), { maxLength: 5 })
          .map((pairs) => pairs.map(([name, value]) => `${name}="${value}`).join(';')),
        fc.constantFrom(';', ',', ' ', 'for=', '"').map((text) => text.repeat(16_000)),
      ),
      { nil: undefined },
    ),
    'x-forwarded-for': header,
    'x-forwarded-host': fc.oneof(header, fc.array(part, { maxLength: 3 })),
  }),
  (headers) => {
    const claims = Object.values(headers).flat().join('');
    const { client, host } = forwarded(headers as IncomingHttpHeaders);
    for (const text of [client, host]) {
      expect(text).not.toBe('__proto__' in headers ? null : false);
      if (text !== undefined) expect(claims.includes(text)).toBe(true);
    }
  },
  {
    runs: 300,
    corpus: [{ forwarded: 'for="[::1', 'x-forwarded-for': ',', 'x-forwarded-host': [] }],
  },
);

fuzz(
  'a host and its port are parts of the authority',
  address,
  (authority) => {
    const { host, port } = hostAndPort(authority);
    expect(authority).toContain(host);
    if (port !== undefined) expect(port).toBeLessThanOrEqual(65_535);
  },
  { runs: 300, corpus: ['host:99999', '[::1]:65536', ':', '[', '[]:1', 'a:b:1'] },
);

fuzz(
  'a request target falls into path and query, whatever it is',
  fc.oneof(part, fc.webUrl({ withFragments: true, withQueryParameters: true })),
  (target) => {
    const { path, query } = splitTarget(target);
    expect(path).toBe(pathOf(target));
    expect(path).not.toMatch(/[?#]/);
    expect(path.length).toBeGreaterThan(0);
    if (query !== undefined) expect(target).toContain(query);
  },
  { runs: 300, corpus: ['*', '?', '#', 'http://', 'a://b', '//', 'http://user:s3cret@h/p?q#f'] },
);

const secretNames = ['AWSAccessKeyId', 'Signature', 'sig', 'X-Goog-Signature', 'X-Amz-Credential'];

fuzz(
  'a known secret of a query never stays, whatever stands around it',
  fc.array(
    fc.tuple(
      fc.oneof(fc.constantFrom(...secretNames), part),
      fc.oneof(fc.constant('s3cret-value'), part),
    ),
    { maxLength: 6 },
  ),
  (pairs) => {
    const query = pairs.map(([name, value]) => `${plain(name)}=${plain(value)}`).join('&');
    for (const redact of [hideQuery, queryRedactor(['page']), queryRedactor(['*'])]) {
      const redacted = redact(query).split('&');
      expect(redacted).toHaveLength(pairs.length === 0 ? 1 : pairs.length);
      for (const [i, [name]] of pairs.entries())
        if (secretNames.includes(name)) expect(redacted[i]).toBe(`${name}=REDACTED`);
    }
    expect(hideQuery(query)).not.toContain('s3cret-value');
  },
  { runs: 300 },
);
/** One parameter, not several. */
const plain = (text: string) => text.replaceAll(/[&#]/g, '');

fuzz(
  'the address of a call has no user, no password and no fragment',
  fc.record({
    protocol: fc.constantFrom('http:', 'https:'),
    host: fc.oneof(fc.domain(), fc.ipV4(), fc.ipV6()),
    port: fc.option(fc.nat(65_535), { nil: undefined }),
    target: fc.oneof(
      part.map((text) => `/${text}`),
      part.map((text) => `http://user:s3cret@proxied.example.com/${text}`),
    ),
  }),
  ({ protocol, host, port, target }) => {
    const url = outgoingUrl(protocol, host, port, target, hideQuery);
    expect(url).not.toMatch(/s3cret@|#/);
    const dialled = host.includes(':') ? `[${host}]` : host;
    const asked = target.startsWith('/')
      ? `${protocol}//${dialled}`
      : 'http://proxied.example.com/';
    expect(url.startsWith(asked)).toBe(true);
  },
  { runs: 300 },
);

fuzz(
  'methods and countries are of a closed list',
  fc.tuple(header, header),
  ([method, country]) => {
    expect(httpMethod(method)).toMatch(/^([A-Z]+|_OTHER)$/);
    expect(countryIn({ 'x-country': country }, 'x-country')).toMatch(/^([A-Z]{2}|__other__)$/);
  },
  {
    runs: 200,
    corpus: [
      ['__proto__', '__proto__'],
      ['constructor', 'ı1'],
      ['get', 'ß'],
    ],
  },
);
