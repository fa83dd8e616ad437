import { describe, expect, test } from 'vitest';
import { clientNetwork } from './client-network.ts';
import { pathWithoutSecrets } from './path-without-secrets.ts';
import { isSecretName } from './secret-names.ts';
import { textWithoutSecrets } from './text-without-secrets.ts';

const jwt = `eyJ${'hbGciOiJI'.repeat(2)}.eyJzdWIiOiIx.c2ln`;

test.each([
  ['postgresql://shop:p@ss:w@db:5432/shop', 'postgresql://REDACTED:REDACTED@db:5432/shop'],
  [
    'GET https://a.example/b?c=d&e=f failed',
    'GET https://a.example/b?c=REDACTED&e=REDACTED failed',
  ],
  ['Authorization: Bearer abc.def', 'Authorization: Bearer REDACTED'],
  ['authorization=basic dXNlcjpwdw==', 'authorization=basic REDACTED'],
  ['{"password":"a \\" b","user":"c"}', '{"password":"REDACTED" b","user":"c"}'],
  ["{ apiKey: 'k1', page: 2 }", "{ apiKey: 'REDACTED', page: 2 }"],
  ['PASSWORD=hunter2 next', 'PASSWORD=REDACTED next'],
  [`token was ${jwt}!`, 'token was REDACTED!'],
  ['mail to jo.doe+x@mail.example.com now', 'mail to REDACTED now'],
  ['card 4111 1111 1111 1111, order 4111111111111112', 'card REDACTED, order 4111111111111112'],
  ['-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----', 'REDACTED'],
  ['order 7 of acme took 12 ms: a=1, b:2', 'order 7 of acme took 12 ms: a=1, b:2'],
])('%s', (text, left) => {
  expect(textWithoutSecrets(text)).toBe(left);
});

test('reading takes no long time over hostile text', () => {
  const start = performance.now();
  for (const piece of ['a', '1', 'a@', 'a=', '//', 'eyJ', "'", '\\"', 'Bearer ', '1 ', 'a.', '-']) {
    textWithoutSecrets(piece.repeat(100_000));
    pathWithoutSecrets(piece.repeat(100_000));
  }
  expect(performance.now() - start).toBeLessThan(5_000);
});

test.each([
  ['/orders/17', '/orders/17'],
  ['/users/jo%40mail.example', '/users/REDACTED'],
  ['/o/6f9619ff-8b86-4d01-b42d-00cf4fc964ff/x', '/o/6f9619ff-8b86-4d01-b42d-00cf4fc964ff/x'],
  [`/reset/${'a1b2c3d4'.repeat(5)}/do`, '/reset/REDACTED/do'],
  [`/${jwt}`, '/REDACTED'],
  ['/pay/4111111111111111', '/pay/REDACTED'],
  [
    '/assets/app.a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4.js',
    '/assets/app.a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4.js',
  ],
  [
    '/a-page-whose-title-is-really-long-and-goes-on',
    '/a-page-whose-title-is-really-long-and-goes-on',
  ],
])('the path %s', (path, left) => {
  expect(pathWithoutSecrets(path)).toBe(left);
});

test.each([
  ['203.0.113.7', '203.0.113.0'],
  ['::ffff:203.0.113.7', '::ffff:203.0.113.0'],
  ['10.1.2.3', '10.1.2.3'],
  ['::ffff:127.0.0.1', '::ffff:127.0.0.1'],
  ['::1', '::1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1::'],
  ['2001:db8::5', '2001:db8:0::'],
  ['fe80::1%eth0', 'fe80::1%eth0'],
  ['jo.doe', undefined],
  [undefined, undefined],
])('the client %s', (address, left) => {
  expect(clientNetwork(address)).toBe(left);
});

describe('names', () => {
  const secret = [
    'Authorization',
    'X-API-Key',
    'set-cookie',
    'user.password',
    'refreshToken',
    'sig',
  ];
  const plain = [
    'x-request-id',
    'user-agent',
    'author',
    'page',
    'input_tokens',
    'design',
    'tenant.id',
  ];
  test.each(secret)('%s is a secret', (name) => expect(isSecretName(name)).toBe(true));
  test.each(plain)('%s is none', (name) => expect(isSecretName(name)).toBe(false));
  test('and those of the operator', () => {
    expect(isSecretName('X-Badge', new Set(['x-badge']))).toBe(true);
  });
});
