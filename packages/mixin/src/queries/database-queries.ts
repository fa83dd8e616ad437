import { db } from '../metrics/sdk-metrics.ts';
import { rateOfSum } from '../query/aggregation.ts';
import { share } from '../query/or-zero.ts';
import { quantile, rate, select, sumBy } from '../query/promql.ts';
import type { QueryScope } from '../query/query-scope.ts';

type By = readonly string[];
type Matchers = readonly string[];

export const SYSTEM = 'db_system_name';
export const POOL = 'db_client_connection_pool_name';

/** Databases that keep the truth; Redis is asked about apart, its times are a hundred times shorter. */
export const NOT_REDIS = 'db_system_name!="redis"';
/** Commands of Redis that wait by design are left out. */
export const REDIS = 'db_system_name="redis",db_operation_name!~"B.+POP.*|BLMOVE|XREAD.*|WAIT.*"';

const FAILED = 'error_type!=""';
/** SQLSTATE classes by which a database refuses what it was asked, as it should: a broken constraint, a conflict to try again. */
const NO_REFUSAL = 'db_response_status_code!~"23.*|40.*"';

/** Operations a second, as the services see them. */
export const dbRate = (scope: QueryScope, by: By = [], matchers: Matchers = []): string =>
  sumBy(by, rate(db.operationDuration, scope, matchers));

/** Operations a second that failed. Broken constraints count: the database said no. */
export const dbErrorRate = (scope: QueryScope, by: By = [], matchers: Matchers = []): string =>
  sumBy(by, rate(db.operationDuration, scope, [...matchers, FAILED]));

/** Share of operations that failed, 0 to 1. */
export const dbErrorRatio = (scope: QueryScope, by: By = [], matchers: Matchers = []): string =>
  share(dbErrorRate(scope, by, matchers), dbRate(scope, by, matchers));

/** The same without broken constraints and conflicts, which the application may be ready for. */
export const dbFailureRatio = (scope: QueryScope, by: By = [], matchers: Matchers = []): string =>
  share(dbErrorRate(scope, by, [...matchers, NO_REFUSAL]), dbRate(scope, by, matchers));

/** Seconds below which the share `q` of operations was done. */
export const dbLatency = (
  q: number,
  scope: QueryScope,
  by: By = [],
  matchers: Matchers = [],
): string => quantile(q, db.operationDuration, scope, { by, matchers });

/** Operations of a kind of database a second that were answered: the proof that it lives. */
export const dbAnswers = (system: 'postgresql' | 'redis', scope: QueryScope, by: By = []): string =>
  dbRate(scope, by, [`${SYSTEM}="${system}"`, 'error_type=""']);

/** Operations a second that took longer than `BELLWETHER_SLOW_QUERY` of the service says; waits by design are none. */
export const slowCounted = (scope: QueryScope, by: By = []): string =>
  sumBy(by, rate(db.slowOperations, scope));

/** Seconds a second that services wait for databases: operations under way on average. */
export const dbBusy = (scope: QueryScope, by: By = [], matchers: Matchers = []): string =>
  sumBy(by, rateOfSum(db.operationDuration, scope, matchers));

/** Connections of pools. Add `db_client_connection_state` for idle and used. */
export const poolConnections = (scope: QueryScope, by: By = []): string =>
  sumBy(by, select(db.connections, scope));

export const poolUsed = (scope: QueryScope, by: By = []): string =>
  sumBy(by, select(db.connections, scope, ['db_client_connection_state="used"']));

export const poolMax = (scope: QueryScope, by: By = []): string =>
  sumBy(by, select(db.maxConnections, scope));

/** Share of the allowed connections that work right now, 0 to 1. */
export const poolShare = (scope: QueryScope, by: By = []): string =>
  `${poolUsed(scope, by)} / ${poolMax(scope, by)}`;

/** Requests that wait for a connection right now. */
export const poolPending = (scope: QueryScope, by: By = []): string =>
  sumBy(by, select(db.pendingRequests, scope));

/** The same, on average over the window of the scope. */
export const poolPendingMean = (scope: QueryScope, by: By = []): string =>
  sumBy(by, `avg_over_time(${select(db.pendingRequests, scope)}[${scope.window}])`);

/** Seconds below which the share `q` of requests got a connection; opening a new one counts. */
export const poolWait = (q: number, scope: QueryScope, by: By = []): string =>
  quantile(q, db.connectionWait, scope, { by });
