import { expect, test } from 'vitest';
import { parseHostEntry, plainHost } from './host-entry.ts';

test.each([
  ['orders', { kind: 'name', host: 'orders', port: undefined }],
  ['Orders.Internal.:8080', { kind: 'name', host: 'orders.internal.', port: 8080 }],
  ['orders.internal', { kind: 'name', host: 'orders.internal', port: undefined }],
  ['10.0.0.7', { kind: 'address', host: '10.0.0.7', port: undefined }],
  ['10.0.0.7:80', { kind: 'address', host: '10.0.0.7', port: 80 }],
  ['::1', { kind: 'address', host: '::1', port: undefined }],
  ['[::1]:8080', { kind: 'address', host: '::1', port: 8080 }],
  ['::ffff:10.0.0.7', { kind: 'address', host: '10.0.0.7', port: undefined }],
  ['10.0.0.0/8', { kind: 'network', host: '10.0.0.0', prefix: 8, port: undefined }],
  ['fd00::/8', { kind: 'network', host: 'fd00::', prefix: 8, port: undefined }],
])('reads %s', (text, entry) => {
  expect(parseHostEntry(text)).toEqual({ ...entry, host: entry.host.replace(/\.$/, '') });
});

test.each([
  '',
  ' ',
  '*',
  '*.internal',
  'http://orders',
  'a b',
  'orders:0',
  'orders:99999',
  '10.0.0.0/33',
  'orders/8',
  '-x',
])('refuses %j', (text) => {
  expect(parseHostEntry(text)).toBeUndefined();
});

test('two spellings of one host are equal', () => {
  expect(plainHost('[FE80::1%eth0]')).toBe('fe80::1');
  expect(plainHost('::FFFF:127.0.0.1')).toBe('127.0.0.1');
  expect(plainHost('Example.COM.')).toBe('example.com');
});
