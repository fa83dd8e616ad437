import { expect, test } from 'vitest';
import { inNumbers } from './in-numbers.mjs';

test('as many digits as say something', () => {
  expect(
    [1234.5, 123.4, 12.34, 1.234, 0.1234, 0.0123, 3, 0].map((value) => inNumbers(value)),
  ).toEqual(['1,235', '123', '12.3', '1.23', '0.12', '0.012', '3', '0']);
});

test('with the unit behind', () => {
  expect(inNumbers(0.25, '× OTel')).toBe('0.25 × OTel');
});
