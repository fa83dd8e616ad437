import { expect, test } from 'vitest';
import { AttributeIndex } from './attribute-index.ts';
import { oneOf, optional, upTo } from './kinds.ts';

const STRIDE = 7;
const indexesOf = (attribute: AttributeIndex, values: readonly unknown[]) =>
  values.map((value) => {
    const radix = attribute.radixOf(value);
    return radix < 0 ? radix : radix / STRIDE;
  });

test('declared values count from 0, whatever their type and place; all others are refused', () => {
  const mixed = ['a', 1, 'b', true, 'c', 'd', 2, 'e', '__other__'] as const;
  const attribute = new AttributeIndex('key', oneOf(...mixed), 0, STRIDE);
  const all = mixed.map((_, index) => index);
  for (let round = 0; round < 2; round++) {
    expect(indexesOf(attribute, mixed)).toEqual(all);
    expect(indexesOf(attribute, mixed.toReversed())).toEqual(all.toReversed());
    expect(indexesOf(attribute, ['x', 3, '1', false, null, {}, Number.NaN])).toEqual(
      Array(7).fill(-1),
    );
  }
});

test('a closed list of fewer than three strings refuses __other__', () => {
  const attribute = new AttributeIndex('key', oneOf('a', 1), 0, STRIDE);
  expect(indexesOf(attribute, ['__other__', 'a', 1, 'a'])).toEqual([-1, 0, 1, 0]);
});

test('open values are named until the bound, then they are __other__', () => {
  const attribute = new AttributeIndex('key', optional(upTo(5)), 0, STRIDE);
  expect(attribute.values).toEqual([undefined, '__other__']);
  const ids = ['a', 'b', '__other__', 'c', 'x'.repeat(257), 'd', 'e', 'f', 'e', 'd', 'a', 'f'];
  expect(indexesOf(attribute, ids)).toEqual([2, 3, 1, 4, 1, 5, 6, 1, 6, 5, 2, 1]);
  expect(indexesOf(attribute, [1, true])).toEqual([-1, -1]);
});

test('open integers refuse strings', () => {
  const attribute = new AttributeIndex('key', upTo(2, 'int'), 0, STRIDE);
  expect(indexesOf(attribute, ['200', 200, 404, 500, 200, 1.5])).toEqual([-1, 1, 2, 0, 1, -1]);
});
