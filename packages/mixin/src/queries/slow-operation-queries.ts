import { db } from '../metrics/sdk-metrics.ts';
import type { QueryScope } from '../query/query-scope.ts';
import { slowerThan } from '../query/slower-than.ts';

/** Database operations a second that took longer than `seconds`, a bucket bound of the histogram. */
export const slowOperations = (
  seconds: number,
  scope: QueryScope,
  by: readonly string[] = [],
  matchers: readonly string[] = [],
): string => slowerThan(seconds, db.operationDuration, scope, by, matchers);
