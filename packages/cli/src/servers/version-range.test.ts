import { expect, test } from 'vitest';
import { satisfies, versionIn } from './version-range.ts';

test.each([
  ['3.15.0', '3.15.0', true],
  ['3.15.1', '3.15.0', true],
  ['3.16.0', '3.15.2', true],
  ['3.14.9', '3.15.0', false],
  ['4.0.0', '3.15.0', false],
  ['2.99.0', '3.15.0', false],
])('%s satisfies %s: %s', (version, oldest, expected) => {
  expect(satisfies(version, oldest)).toBe(expected);
});

test.each([
  ['prometheus, version 3.15.0 (branch: , revision: unknown)', '3.15.0'],
  ['otelcol-contrib version 0.155.0', '0.155.0'],
  ['amtool, version v0.31.1', '0.31.1'],
  ['flag provided but not defined: -version', undefined],
])('the version in %j is %s', (text, version) => {
  expect(versionIn(text)).toBe(version);
});
