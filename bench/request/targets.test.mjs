import { expect, test } from 'vitest';
import { targets } from './targets.mjs';

const row = (app, variant, capacity) => ({ app, variant, capacity });

test('the shop is compared with the best of the peers that were measured', () => {
  const [shop] = targets({
    rows: [
      row('shop', 'bellwether', 0.9),
      row('shop', 'stock', 0.4),
      row('shop', 'dd-trace', 0.6),
      { app: 'shop', variant: 'newrelic', error: 'not installed' },
    ],
  });
  expect(shop).toMatchObject({ target: 1, atMost: false, unit: '× best peer' });
  expect(shop.value).toBeCloseTo(1.5);
});

test('a peer that failed leaves its line without a number', () => {
  const lines = targets({ rows: [row('hello', 'bellwether', 0.7), row('hello', 'stock', 0.2)] });
  const value = (unit) => lines.find((line) => line.unit === unit).value;
  expect(value('× stock')).toBeCloseTo(3.5);
  expect(value('× elastic')).toBeNaN();
});
