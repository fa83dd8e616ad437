import type { Metric } from '../metrics/metric.ts';
import { mysql } from '../metrics/mysql-exporter.ts';
import { maxBy } from '../query/aggregation.ts';
import { orZero } from '../query/or-zero.ts';
import { increase, rate, select, sumBy } from '../query/promql.ts';
import type { QueryScope } from '../query/query-scope.ts';
import { SERVER } from '../query/service-labels.ts';

// Servers are told apart by the exporter that asks them.

const now = (metric: Metric, scope: QueryScope) => maxBy(SERVER, select(metric, scope));
const perSecond = (metric: Metric, scope: QueryScope, matchers: readonly string[] = []) =>
  sumBy(SERVER, rate(metric, scope, matchers));

/** 1 while the server answers, 0 while it does not. Nothing while the exporter itself is gone. */
export const mysqlUp = (scope: QueryScope): string => now(mysql.up, scope);

/** Seconds since the server started. */
export const mysqlUptime = (scope: QueryScope): string => now(mysql.uptime, scope);

export const mysqlConnections = (scope: QueryScope): string => now(mysql.connections, scope);
export const mysqlRunning = (scope: QueryScope): string => now(mysql.running, scope);
export const mysqlMaxConnections = (scope: QueryScope): string => now(mysql.maxConnections, scope);

/** Share of the connections that the server allows, 0 to 1. */
export const mysqlConnectionShare = (scope: QueryScope): string =>
  `${mysqlConnections(scope)} / ${mysqlMaxConnections(scope)}`;

/** Connections a second that the server refused, by reason. */
export const mysqlRefused = (scope: QueryScope): string =>
  sumBy([...SERVER, 'error'], rate(mysql.refused, scope));

/** Connections a second that ended without a good-bye. */
export const mysqlAborted = (scope: QueryScope): string => perSecond(mysql.abortedClients, scope);

/** Statements a second, by kind; kinds that nobody uses are left out. */
export const mysqlStatements = (scope: QueryScope): string =>
  `${sumBy(['command'], rate(mysql.statements, scope))} > 0`;

/** Statements a second that took longer than the server's `long_query_time`. */
export const mysqlSlowQueries = (scope: QueryScope): string => perSecond(mysql.slowQueries, scope);

/** The same within the window of the scope. */
export const mysqlSlowQueriesWithin = (scope: QueryScope): string =>
  sumBy(SERVER, increase(mysql.slowQueries, scope));

/** Seconds from which on the server calls a statement slow. */
export const mysqlLongQueryTime = (scope: QueryScope): string => now(mysql.longQueryTime, scope);

/** Temporary tables a second that went to disk. */
export const mysqlDiskTables = (scope: QueryScope): string => perSecond(mysql.diskTables, scope);

/** Rows a second that were read one after the other, as without an index. */
export const mysqlRowsScanned = (scope: QueryScope): string =>
  perSecond(mysql.handlers, scope, ['handler="read_rnd_next"']);

/** Steps a second that statements took in tables, by kind; temporary tables are among them. */
export const mysqlRowOperations = (scope: QueryScope): string =>
  sumBy(['handler'], rate(mysql.handlers, scope, ['handler=~"read_.*|write|update|delete"']));

/** Bytes a second. */
export const mysqlReceived = (scope: QueryScope): string => perSecond(mysql.received, scope);
export const mysqlSent = (scope: QueryScope): string => perSecond(mysql.sent, scope);
export const mysqlDataRead = (scope: QueryScope): string => perSecond(mysql.dataRead, scope);
export const mysqlDataWritten = (scope: QueryScope): string => perSecond(mysql.dataWritten, scope);

/** Bytes of the buffer pool. */
export const mysqlBufferPool = (scope: QueryScope): string => now(mysql.bufferPoolSize, scope);

/** Pages of the buffer pool that have no data in them yet, as a share of all. */
export const mysqlBufferPoolFree = (scope: QueryScope): string =>
  `${sumBy(SERVER, select(mysql.bufferPoolPages, scope, ['state="free"']))} / ${sumBy(SERVER, select(mysql.bufferPoolPages, scope))}`;

/** Pages that are not on disk yet, as a share of all. */
export const mysqlBufferPoolDirty = (scope: QueryScope): string =>
  `${now(mysql.bufferPoolDirty, scope)} / ${sumBy(SERVER, select(mysql.bufferPoolPages, scope))}`;

/** Pages a second that were asked of the buffer pool. */
export const mysqlBufferPoolRequests = (scope: QueryScope): string =>
  perSecond(mysql.bufferPoolRequests, scope);

/** Share of the pages that were in the buffer pool, 0 to 1; nothing while none is asked for. */
export const mysqlBufferPoolHitRatio = (scope: QueryScope): string =>
  `1 - ${perSecond(mysql.bufferPoolReads, scope)} / (${mysqlBufferPoolRequests(scope)} > 0)`;

/** Times a second that somebody waited for a free page. */
export const mysqlBufferPoolWaits = (scope: QueryScope): string =>
  perSecond(mysql.bufferPoolWaits, scope);

/** Times a second that a row lock was waited for. */
export const mysqlRowLockWaits = (scope: QueryScope): string =>
  perSecond(mysql.rowLockWaits, scope);

/** Seconds a second that row locks were waited for: waiters at a time on average. */
export const mysqlRowLockBusy = (scope: QueryScope): string =>
  `${perSecond(mysql.rowLockMs, scope)} / 1000`;

/** Those of people: the server keeps others of its own. */
const TABLES = 'schema!~"mysql|sys|information_schema|performance_schema"';
const TABLE = [...SERVER, 'schema', 'table'] as const;

/** Bytes of the greatest tables, indexes included. */
export const mysqlTables = (count: number, scope: QueryScope): string =>
  `topk(${count}, ${sumBy(TABLE, select(mysql.tableSize, scope, [TABLES, 'component!="data_free"']))})`;

/** Rows of the tables with most of them, about. */
export const mysqlTableRows = (count: number, scope: QueryScope): string =>
  `topk(${count}, ${maxBy(TABLE, select(mysql.tableRows, scope, [TABLES]))})`;

/** Seconds that the replica is behind, where a server is one. */
export const mysqlReplicaLag = (scope: QueryScope): string => now(mysql.replicaLag, scope);

/** The same, and 0 where a server is no replica. */
export const mysqlReplicaLagOrZero = (scope: QueryScope): string =>
  orZero(mysqlReplicaLag(scope), mysqlUp(scope));

/** Replicas that have stopped to get or to apply changes. */
export const mysqlReplicaStopped = (scope: QueryScope): string =>
  maxBy(
    SERVER,
    `${select(mysql.replicaSql, scope)} == 0 or ${select(mysql.replicaIo, scope)} == 0`,
  );
