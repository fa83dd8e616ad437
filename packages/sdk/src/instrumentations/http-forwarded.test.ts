import { expect, test } from 'vitest';
import { forwarded, hostAndPort } from './http-forwarded.ts';

test.each([
  [{}, undefined, undefined],
  [{ 'x-forwarded-host': 'a', 'x-forwarded-proto': 'HTTPS, http' }, undefined, 'a', 'https'],
  [{ forwarded: 'host=a;proto=https', 'x-forwarded-proto': 'http' }, undefined, 'a', 'https'],
  [{ 'x-forwarded-host': 'a', 'x-forwarded-proto': 'ftp' }, undefined, 'a'],
  [{ 'x-forwarded-for': '192.0.2.1, 10.0.0.1' }, '192.0.2.1', undefined],
  [{ 'x-forwarded-for': '192.0.2.1:5000' }, '192.0.2.1', undefined],
  [{ 'x-forwarded-host': 'shop.example, proxy' }, undefined, 'shop.example'],
  [
    { forwarded: 'for=192.0.2.60;proto=http;host="shop.example:8080", for=10.0.0.1' },
    '192.0.2.60',
    'shop.example:8080',
    'http',
  ],
  [{ forwarded: 'For="[2001:db8::1]:4711"' }, '2001:db8::1', undefined],
  [{ forwarded: '', 'x-forwarded-for': ' ' }, undefined, undefined],
])('reads %j', (headers, client, host, scheme?: string) => {
  expect(forwarded(headers)).toEqual({ client, host, scheme });
});

test('splits host and port', () => {
  expect(hostAndPort('[::1]:80')).toEqual({ host: '::1', port: 80 });
  expect(hostAndPort('example.com')).toEqual({ host: 'example.com', port: undefined });
  expect(hostAndPort('2001:db8::1')).toEqual({ host: '2001:db8::1', port: undefined });
});
