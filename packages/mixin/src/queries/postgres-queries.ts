import type { Metric } from '../metrics/metric.ts';
import { postgres } from '../metrics/postgres-exporter.ts';
import { maxBy } from '../query/aggregation.ts';
import { rate, select, sumBy } from '../query/promql.ts';
import type { QueryScope } from '../query/query-scope.ts';
import { SERVER } from '../query/service-labels.ts';

type By = readonly string[];

// Servers are told apart by the exporter that asks them.

/** What belongs to no database has an empty name, and templates are nobody's. */
const NAMED = 'datname!~"|template.*"';
const DATABASE = [...SERVER, 'datname'] as const;

/** 1 while the server answers, 0 while it does not. Nothing while the exporter itself is gone. */
export const postgresUp = (scope: QueryScope): string => maxBy(SERVER, select(postgres.up, scope));

/** Sessions. Add `state`, or `datname`. */
export const postgresSessions = (scope: QueryScope, by: By = SERVER): string =>
  sumBy(by, select(postgres.sessions, scope));

export const postgresMaxConnections = (scope: QueryScope): string =>
  maxBy(SERVER, select(postgres.maxConnections, scope));

/** Share of the sessions that the server allows, 0 to 1. */
export const postgresConnectionShare = (scope: QueryScope): string =>
  `${postgresSessions(scope)} / ${postgresMaxConnections(scope)}`;

/** Seconds that the oldest open transaction has been open. */
export const postgresLongestTransaction = (scope: QueryScope): string =>
  maxBy(SERVER, select(postgres.longestTransaction, scope));

/** Bytes on disk, by database. */
export const postgresSize = (scope: QueryScope): string =>
  maxBy(DATABASE, select(postgres.size, scope, [NAMED]));

/** Locks, held or waited for. Add `datname`. */
export const postgresLocks = (scope: QueryScope, by: By = [...SERVER, 'mode']): string =>
  sumBy(by, select(postgres.locks, scope, [NAMED]));

const perSecond = (metric: Metric, scope: QueryScope): string =>
  sumBy(DATABASE, rate(metric, scope, [NAMED]));

/** Transactions a second, by database. */
export const postgresCommits = (scope: QueryScope): string => perSecond(postgres.commits, scope);
export const postgresRollbacks = (scope: QueryScope): string =>
  perSecond(postgres.rollbacks, scope);

/** Share of transactions that were rolled back, 0 to 1, by database. */
export const postgresRollbackShare = (scope: QueryScope): string =>
  `${postgresRollbacks(scope)} / (${postgresCommits(scope)} + ${postgresRollbacks(scope)})`;

/** Deadlocks within the window of the scope, by database. */
export const postgresDeadlocks = (scope: QueryScope): string =>
  sumBy(DATABASE, `increase(${select(postgres.deadlocks, scope, [NAMED])}[${scope.window}])`);

/** Share of blocks that were in the server's own cache, 0 to 1, by database. */
export const postgresCacheHitRatio = (scope: QueryScope): string =>
  `${perSecond(postgres.blocksHit, scope)} / (${perSecond(postgres.blocksHit, scope)} + ${perSecond(postgres.blocksRead, scope)})`;

/** Share of the rows gone over that an index found, 0 to 1, by database: low where tables are read from end to end. */
export const postgresIndexUse = (scope: QueryScope): string =>
  `${perSecond(postgres.rowsFetched, scope)} / ${perSecond(postgres.rowsReturned, scope)}`;

/** Rows a second that were inserted, updated or deleted, by database. */
export const postgresRowsChanged = (scope: QueryScope): string =>
  [postgres.rowsInserted, postgres.rowsUpdated, postgres.rowsDeleted]
    .map((metric) => perSecond(metric, scope))
    .join(' + ');

/** Bytes a second that queries spilled to disk, by database. */
export const postgresTemporaryBytes = (scope: QueryScope): string =>
  perSecond(postgres.temporaryBytes, scope);
