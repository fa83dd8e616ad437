import { expect, test } from 'vitest';
import { ABOVE_ZERO, badAbove, badBelow, isNeutral, neutral } from './panel-thresholds.ts';

const steps = ({ steps }: ReturnType<typeof badAbove>) =>
  steps.map(({ value, color }) => `${value ?? 'base'} ${color}`);

test('more is worse', () => {
  expect(steps(badAbove({ warning: 1, critical: 2 }))).toEqual(['base green', '1 orange', '2 red']);
  expect(steps(badAbove({ critical: 2 }))).toEqual(['base green', '2 red']);
  expect(steps(badAbove({ warning: 1 }))).toEqual(['base green', '1 orange']);
});

test('a level of zero leaves zero green, as the alert fires above it', () => {
  expect(steps(badAbove({ warning: 0 }))).toEqual(['base green', `${ABOVE_ZERO} orange`]);
});

test('less is worse', () => {
  expect(steps(badBelow({ warning: 2, critical: 1 }))).toEqual(['base red', '1 orange', '2 green']);
  expect(steps(badBelow({ critical: 1 }))).toEqual(['base red', '1 green']);
  expect(steps(badBelow({ warning: 2 }))).toEqual(['base orange', '2 green']);
});

test('neutral has no level', () => {
  expect([isNeutral(neutral), isNeutral(badAbove({ warning: 1 }))]).toEqual([true, false]);
});
