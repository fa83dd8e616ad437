import { supportsSyncHooks } from 'import-in-the-middle/register-hooks.mjs';
import { expect, test } from 'vitest';
import { hasGoodSyncHooks } from './good-sync-hooks.ts';

test.each([
  ['22.15.0', false],
  ['22.22.2', false],
  ['22.22.3', true],
  ['23.11.0', false],
  ['24.11.0', false],
  ['24.11.1', true],
  ['25.0.0', false],
  ['25.1.0', true],
  ['26.0.0', true],
])('Node %s: %s', (version, good) => {
  expect(hasGoodSyncHooks(version)).toBe(good);
});

test('import-in-the-middle agrees about this Node', () => {
  expect(hasGoodSyncHooks(process.versions.node)).toBe(supportsSyncHooks());
});
