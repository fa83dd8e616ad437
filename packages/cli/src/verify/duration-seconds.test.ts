import { expect, test } from 'vitest';
import { durationSeconds, durationText } from './duration-seconds.ts';

test.each([
  ['15s', 15],
  ['1h30m', 5_400],
  ['500ms', 0.5],
  ['1w', 604_800],
  ['', undefined],
  ['5', undefined],
  ['m5', undefined],
])('%j is %s seconds', (text, seconds) => expect(durationSeconds(text)).toBe(seconds));

test.each([
  [15, '15s'],
  [60, '1m'],
  [90, '90s'],
  [3_600, '1h'],
  [0.25, '250ms'],
])('%d seconds are %s', (seconds, text) => expect(durationText(seconds)).toBe(text));
