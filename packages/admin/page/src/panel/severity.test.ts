import { expect, test } from 'vitest';
import { severityOf } from './severity.ts';

const high = [
  { value: 0.01, severity: 'warning', bad: 'above' },
  { value: 0.05, severity: 'critical', bad: 'above' },
] as const;
const low = [
  { value: 0.25, severity: 'warning', bad: 'below' },
  { value: 0, severity: 'critical', bad: 'below' },
] as const;
const one = [{ value: 1, severity: 'critical', bad: 'above' }] as const;
const none = [{ value: 0, severity: 'warning', bad: 'above' }] as const;

test.each([
  [0, high, 'ok'],
  [0.02, high, 'warning'],
  [0.9, high, 'critical'],
  [1, one, 'critical'],
  [0, one, 'ok'],
  [0, none, 'ok'],
  [0.1, none, 'warning'],
  [0.8, low, 'ok'],
  [0.2, low, 'warning'],
  [-1, low, 'critical'],
  [null, high, 'none'],
  [5, undefined, 'none'],
] as const)('%s is judged as it should', (value, thresholds, severity) => {
  expect(severityOf(value, thresholds)).toBe(severity);
});
