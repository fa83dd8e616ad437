import { http } from '../metrics/sdk-metrics.ts';
import { share } from '../query/or-zero.ts';
import { quantile, rate, sumBy } from '../query/promql.ts';
import type { QueryScope } from '../query/query-scope.ts';

/** Set for answers of 400 and above, and for calls without an answer. */
const FAILED = 'error_type!=""';

/** Calls a second that services make to others. By `server_address`, for the others. */
export const callRate = (scope: QueryScope, by: readonly string[] = []): string =>
  sumBy(by, rate(http.clientDuration, scope));

/** Calls a second that failed: 4xx, 5xx, or no answer at all. */
export const callErrorRate = (scope: QueryScope, by: readonly string[] = []): string =>
  sumBy(by, rate(http.clientDuration, scope, [FAILED]));

/** Share of calls that failed, 0 to 1. */
export const callErrorRatio = (scope: QueryScope, by: readonly string[] = []): string =>
  share(callErrorRate(scope, by), callRate(scope, by));

/** Seconds below which the share `q` of calls was answered. */
export const callLatency = (q: number, scope: QueryScope, by: readonly string[] = []): string =>
  quantile(q, http.clientDuration, scope, { by });
