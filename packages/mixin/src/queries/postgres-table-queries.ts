import type { Metric } from '../metrics/metric.ts';
import { postgresTables } from '../metrics/postgres-tables.ts';
import { maxBy } from '../query/aggregation.ts';
import { share } from '../query/or-zero.ts';
import { rate, select, sumBy } from '../query/promql.ts';
import type { QueryScope } from '../query/query-scope.ts';

const TABLE = ['relname'] as const;
const scans = (metric: Metric, scope: QueryScope): string => sumBy(TABLE, rate(metric, scope));

/** Share of the scans of each table that used an index, 0 to 1. Tables that nobody reads are left out. */
export const tableIndexUse = (scope: QueryScope): string => {
  const indexed = scans(postgresTables.indexScans, scope);
  return share(indexed, `(${indexed} + ${scans(postgresTables.sequentialScans, scope)})`);
};

/** Rows a second that scans without an index went over: the `n` worst tables. */
export const sequentialRows = (n: number, scope: QueryScope): string =>
  `topk(${n}, ${scans(postgresTables.sequentialRows, scope)})`;

/** Rows that vacuum has not removed yet: the `n` worst tables. */
export const deadRows = (n: number, scope: QueryScope): string =>
  `topk(${n}, ${maxBy(TABLE, select(postgresTables.deadRows, scope))})`;
