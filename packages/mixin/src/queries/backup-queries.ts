import { backup } from '../metrics/backup.ts';
import type { Metric } from '../metrics/metric.ts';
import { maxBy } from '../query/aggregation.ts';
import { select } from '../query/promql.ts';
import type { QueryScope } from '../query/query-scope.ts';
import { SERVICE } from '../query/service-labels.ts';

// A backup says what came of it and is gone, or says it again each quarter of an hour: its last word is looked for in the window of the scope.

const over = (what: 'last' | 'max', metric: Metric, scope: QueryScope): string =>
  maxBy(SERVICE, `${what}_over_time(${select(metric, scope)}[${scope.window}])`);

/** Seconds since the last backup. */
export const sinceBackup = (scope: QueryScope): string =>
  `time() - ${over('max', backup.lastSuccess, scope)}`;

/** Seconds between two of them, as planned; nothing where nobody said. */
export const backupInterval = (scope: QueryScope): string => over('last', backup.interval, scope);

/** How many of those have gone by since the last backup. */
export const intervalsSinceBackup = (scope: QueryScope): string =>
  `(${sinceBackup(scope)}) / ${backupInterval(scope)}`;

/** When the last try failed; nothing where it did not. */
export function lastBackupFailed(scope: QueryScope): string {
  const [failed, succeeded] = [backup.lastFailure, backup.lastSuccess].map((metric) =>
    over('max', metric, scope),
  );
  return `${failed} > ${succeeded} or ${failed} unless ${succeeded}`;
}

/** Bytes of the last one. */
export const backupSize = (scope: QueryScope): string => over('last', backup.size, scope);

/** Seconds that it took. */
export const backupDuration = (scope: QueryScope): string => over('last', backup.duration, scope);
