import { expect, test } from 'vitest';
import { serverAddress } from './server-address.ts';

test('an address is taken with its path, without slashes at its end', () => {
  expect(serverAddress('--prometheus', 'http://127.0.0.1:9090//')).toBe('http://127.0.0.1:9090');
  expect(serverAddress('--prometheus', 'https://m.example/prom/')).toBe('https://m.example/prom');
});

test.each([
  ['nope', /as http:\/\/127\.0\.0\.1:9090, got nope\./],
  ['ftp://x', /got ftp:\/\/x\./],
  ['http://', /got http:\/\/\./],
  ['http://user:s3cret@127.0.0.1:9090', /got one with a user or a password/],
  ['http://s3cret@127.0.0.1', /got one with a user or a password/],
  ['postgres://user:s3cret@db/x', /got another text/],
  ['http://user:s3cret@', /got another text/],
])('%s is refused, and no password is quoted', (text, message) => {
  const read = () => serverAddress('--prometheus', text);
  expect(read).toThrow(message);
  expect(read).not.toThrow(/s3cret/);
});
