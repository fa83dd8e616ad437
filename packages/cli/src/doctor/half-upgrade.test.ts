import { expect, test } from 'vitest';
import { serverRow } from '../servers/server-table.ts';
import { halfUpgrade } from './half-upgrade.ts';

const { oldest } = serverRow('prometheus');

test('a server that is older than our configuration is a warning with both versions', () => {
  expect(halfUpgrade('prometheus', 'prometheus:9090', '3.1.0')).toMatchObject({
    status: 'warn',
    message: `prometheus:9090, version 3.1.0, and the configuration of this release is for ${oldest} or later`,
    hint: expect.stringContaining('docs/guides/upgrade.md'),
  });
});

test.each([oldest, '99.0.0', `${oldest}+build`, 'unknown'])('%s is none', (version) => {
  expect(halfUpgrade('prometheus', 'prometheus:9090', version)).toBeUndefined();
});
