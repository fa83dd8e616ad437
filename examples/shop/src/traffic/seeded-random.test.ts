import { expect, test } from 'vitest';
import { pickWeighted, seededRandom } from './seeded-random.ts';

test('the same seed gives the same numbers, another seed others', () => {
  const draw = (seed: number) => Array.from({ length: 5 }, seededRandom(seed));
  expect(draw(42)).toEqual(draw(42));
  expect(draw(42)).not.toEqual(draw(43));
});

test('numbers lie in [0, 1) and spread evenly', () => {
  const random = seededRandom(1);
  const tenths = Array.from({ length: 10 }, () => 0);
  for (let drawn = 0; drawn < 10_000; drawn++) {
    const place = Math.floor(random() * 10);
    tenths[place] = (tenths[place] ?? Number.NaN) + 1;
  }
  for (const count of tenths) expect(Math.abs(count - 1_000)).toBeLessThan(150);
});

test('weights decide how often, and a weight of zero means never', () => {
  const random = seededRandom(1);
  const picked = Array.from({ length: 10_000 }, () =>
    pickWeighted(random, ['often', 'seldom', 'never'], (_, index) => [9, 1, 0][index] ?? 0),
  );
  const often = picked.filter((item) => item === 'often').length;
  expect(Math.abs(often - 9_000)).toBeLessThan(200);
  expect(picked).not.toContain('never');
});
