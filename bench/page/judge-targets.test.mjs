import { expect, test } from 'vitest';
import { judgeTargets } from './judge-targets.mjs';
import { renderTargets } from './render-targets.mjs';

const target = (more) => ({ what: 'x', target: 0.5, atMost: true, value: 0.5, unit: '×', ...more });
const verdicts = (...targets) => judgeTargets(targets).map(({ met }) => met);

test('at most is met up to the target, at least from it on', () => {
  expect(verdicts(target(), target({ value: 0.51 }))).toEqual([true, false]);
  expect(verdicts(target({ atMost: false }), target({ atMost: false, value: 0.49 }))).toEqual([
    true,
    false,
  ]);
});

test('what was not measured is neither met nor missed', () => {
  expect(verdicts(target({ value: Number.NaN }), target({ value: undefined }))).toEqual([
    undefined,
    undefined,
  ]);
  expect(verdicts(target({ value: null }))).toEqual([undefined]);
  expect(renderTargets(judgeTargets([target({ value: null })]))).toContain('not measured');
});
