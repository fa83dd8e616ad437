import { expect, test } from 'vitest';
import type { ConfigProblem } from '../config/problem.ts';
import { baggageHosts } from './baggage-hosts.ts';

const target = (host: string, port?: number) => ({ host, port });

test('an empty list trusts nobody, not even loopback', () => {
  const hosts = baggageHosts([]);
  expect(hosts.trustsPeer('127.0.0.1')).toBe(false);
  expect(hosts.trustsTarget(target('localhost', 80))).toBe(false);
});

test('outwards, the host as dialed and the port decide', () => {
  const hosts = baggageHosts(['orders.internal:8080', '10.0.0.7', '10.1.0.0/16'], {
    lookup: async () => [],
  });
  expect(hosts.trustsTarget(target('ORDERS.internal.', 8080))).toBe(true);
  expect(hosts.trustsTarget(target('orders.internal', 8081))).toBe(false);
  expect(hosts.trustsTarget(target('orders.internal', undefined))).toBe(false);
  expect(hosts.trustsTarget(target('evil-orders.internal', 8080))).toBe(false);
  expect(hosts.trustsTarget(target('orders.internal.evil.example', 8080))).toBe(false);
  expect(hosts.trustsTarget(target('10.0.0.7', 1))).toBe(true);
  expect(hosts.trustsTarget(target('10.1.2.3', 1))).toBe(true);
  expect(hosts.trustsTarget(target('10.2.0.1', 1))).toBe(false);
  expect(hosts.trustsTarget(undefined)).toBe(false);
  hosts.close();
});

test('inwards, the address of the peer decides, and a name stands for its addresses', async () => {
  const hosts = baggageHosts(['orders:8080', '10.1.0.0/16', '::1'], {
    lookup: async (name) => (name === 'orders' ? ['192.168.7.7'] : []),
  });
  expect(hosts.trustsPeer('192.168.7.7')).toBe(false);
  await hosts.ready;
  expect(hosts.trustsPeer('192.168.7.7')).toBe(true);
  expect(hosts.trustsPeer('::ffff:192.168.7.7')).toBe(true);
  expect(hosts.trustsPeer('10.1.255.255')).toBe(true);
  expect(hosts.trustsPeer('::1')).toBe(true);
  expect(hosts.trustsPeer('127.0.0.1')).toBe(false);
  expect(hosts.trustsPeer('orders')).toBe(false);
  expect(hosts.trustsPeer(undefined)).toBe(false);
  hosts.close();
});

test('a name that cannot be looked up trusts nobody', async () => {
  const hosts = baggageHosts(['orders'], {
    lookup: async () => {
      throw new Error('ENOTFOUND');
    },
  });
  await hosts.ready;
  expect(hosts.trustsPeer('10.0.0.1')).toBe(false);
  hosts.close();
});

test('a malformed entry is left out, the others count', () => {
  const problems: ConfigProblem[] = [];
  const hosts = baggageHosts(['*', 'http://me:secret@x', '10.0.0.1'], {
    onProblem: (problem) => problems.push(problem),
  });
  expect(problems.map(({ value }) => value)).toEqual(['*', '[redacted]']);
  expect(hosts.trustsPeer('10.0.0.1')).toBe(true);
  expect(hosts.trustsPeer('10.0.0.2')).toBe(false);
});
