import { expect, test } from 'vitest';
import { splitTarget } from './http-query.ts';

test.each([
  ['/', '/', undefined],
  ['/a?b=1', '/a', 'b=1'],
  ['/a?', '/a', undefined],
  ['?b', '/', 'b'],
  ['http://example.com/a?b#c', '/a', 'b'],
  ['http://example.com', '/', undefined],
  ['*', '*', undefined],
])('splits %s', (target, path, query) => {
  expect(splitTarget(target)).toEqual({ path, query });
});
