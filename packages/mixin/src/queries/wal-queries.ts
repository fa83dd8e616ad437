import { prometheusWal } from '../metrics/prometheus-wal.ts';
import { rate, select, sumBy } from '../query/promql.ts';
import type { QueryScope } from '../query/query-scope.ts';

/** Bytes of the write-ahead log, late samples included. */
export const walSize = (scope: QueryScope): string =>
  `${sumBy(['instance'], select(prometheusWal.size, scope))} + ${sumBy(['instance'], select(prometheusWal.outOfOrderSize, scope))}`;

/** Failed writes and corruptions a second. */
export const walFaults = (scope: QueryScope): string =>
  `${sumBy(['instance'], rate(prometheusWal.writesFailed, scope))} + ${sumBy(['instance'], rate(prometheusWal.corruptions, scope))}`;
