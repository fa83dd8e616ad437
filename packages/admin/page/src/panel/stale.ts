import type { RangeAnswer } from '../api/answers.ts';
import { newestTime } from '../chart/align-series.ts';

const TOLERATED_SECONDS = 180;

/** How long before the end of its range an answer's newest value is, where that is too long: more than 3 minutes and 3 steps. */
export function staleSeconds({ series, to, step }: RangeAnswer): number | undefined {
  const newest = newestTime(series);
  if (newest === undefined) return undefined;
  const age = to - newest;
  return age > Math.max(TOLERATED_SECONDS, 3 * step) ? age : undefined;
}
