import { expect, test } from 'vitest';
import { firstChoice, silenceDurations } from './silence-durations.ts';

test.each([
  [10_080, ['30 minutes', '2 hours', '8 hours', '1 day', '7 days']],
  [525_600, ['30 minutes', '2 hours', '8 hours', '1 day', '7 days']],
  [4_320, ['30 minutes', '2 hours', '8 hours', '1 day', '3 days']],
  [480, ['30 minutes', '2 hours', '8 hours']],
  [90, ['30 minutes', '90 minutes']],
  [1, ['1 minute']],
])('at most %i minutes are allowed: no longer ones are offered', (most, titles) => {
  const offered = silenceDurations(most);
  expect(offered.map(({ title }) => title)).toEqual(titles);
  expect(offered.map(({ minutes }) => minutes)).toContain(firstChoice(most));
});
