import { expect, test } from 'vitest';
import { loopbackTarget } from './loopback-target.ts';

test.each(['http://127.0.0.1:3000', 'http://localhost', 'http://[::1]:80/', 'http://127.8.9.10'])(
  '%s is this machine',
  (address) => {
    expect(loopbackTarget(address).href).toContain(new URL(address).host);
  },
);

test.each([
  'http://example.com',
  'http://10.0.0.1',
  'http://192.168.1.1:3000',
  'http://0.0.0.0',
  'http://127.0.0.1.example.com',
  'http://localhost.example.com',
  'http://localhost@example.com',
  'https://127.0.0.1',
  'file:///etc/passwd',
  'nonsense',
  '',
])('%s is refused', (address) => {
  expect(() => loopbackTarget(address)).toThrow(/this machine only/);
});
