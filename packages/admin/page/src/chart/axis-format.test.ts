import { expect, test } from 'vitest';
import { axisTexts } from './axis-format.ts';

test.each([
  [[0, 0.05, 0.1], 's', ['0', '50 ms', '100 ms']],
  [[0, 0.5, 1, 1.5], 's', ['0', '0.5 s', '1.0 s', '1.5 s']],
  [[0, 0.005, 0.01], '1', ['0', '0.5%', '1.0%']],
  [[0, 104_857_600, 209_715_200], 'By', ['0', '100 MiB', '200 MiB']],
  [[0, 20, 40], '{request}/s', ['0', '20', '40']],
  [[0, 2.5, 5], '{alert}', ['0', '2.5', '5.0']],
  [[0, 50_000, 100_000], '{order}', ['0', '50K', '100K']],
  [[0, 0], 's', ['0', '0']],
])('the ticks %j of %s', (ticks, unit, texts) => {
  expect(axisTexts(ticks, unit)).toEqual(texts);
});
