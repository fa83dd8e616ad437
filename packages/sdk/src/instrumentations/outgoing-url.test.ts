import { expect, test } from 'vitest';
import { hideQuery } from '../redaction/query.ts';
import { outgoingUrl } from './outgoing-url.ts';

test.each([
  ['http:', 'example.com', 80, '/a?b=1', 'http://example.com/a?b=REDACTED'],
  ['https:', 'example.com', 8443, '/', 'https://example.com:8443/'],
  ['http:', '::1', undefined, '/', 'http://[::1]/'],
  ['http:', 'a', 80, '/?sig=x', 'http://a/?sig=REDACTED'],
  ['http:', 'a', 80, 'http://user:pw@a/b', 'http://a/b'],
  [
    'http:',
    'proxy',
    3128,
    'http://user:pw@shop.example:8080/b?c=d',
    'http://shop.example:8080/b?c=REDACTED',
  ],
  ['http:', 'a', 8080, '*', 'http://a:8080'],
  ['http:', 'proxy', 3128, 'shop.example:443', 'http://proxy:3128'],
])('%s %s %s %s', (protocol, host, port, target, url) => {
  expect(outgoingUrl(protocol, host, port, target, hideQuery)).toBe(url);
});
