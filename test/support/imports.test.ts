import { expect, test } from 'vitest';
import { importsOf, packageOf } from './imports.ts';

test('finds every way to name a module', () => {
  const text = `
    import a from 'one';
    import type { B } from '@scope/two/sub';
    export { c } from './three.ts';
    export * from 'four';
    const d = await import('five');
    const e = require('six');
    type F = import('seven').F;
    import 'eight';
    const nothing = "import x from 'nine'";
  `;
  expect(importsOf('x.ts', text).map(({ specifier }) => specifier)).toEqual([
    'one',
    '@scope/two/sub',
    './three.ts',
    'four',
    'five',
    'six',
    'seven',
    'eight',
  ]);
});

test('knows the package of a path', () => {
  expect(packageOf('@scope/name/path/to')).toBe('@scope/name');
  expect(packageOf('name/path')).toBe('name');
});
