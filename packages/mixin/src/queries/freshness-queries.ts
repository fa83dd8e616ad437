import { runtime } from '../metrics/node-runtime.ts';
import { maxBy } from '../query/aggregation.ts';
import { select, sumBy } from '../query/promql.ts';
import type { QueryScope } from '../query/query-scope.ts';

/** Seconds since the last sample of each process that sent one within `lookback`: `up` knows only targets that are scraped. */
export const sampleAge = (scope: QueryScope, lookback = '1h'): string =>
  `time() - ${maxBy(['job', 'instance'], `max_over_time(timestamp(${select(runtime.uptime, scope)})[${lookback}:30s])`)}`;

/** 1 while the Watchdog fires, as it always must; 0 when it does not. */
export const watchdog =
  'max(ALERTS{alertname="Watchdog",alertstate="firing",job=~"$job|",instance=~"$instance|"}) or vector(0)';

/** Processes that are younger than `seconds`, by service; zero, not nothing, where all are older. */
export const startedWithin = (seconds: number, scope: QueryScope): string =>
  sumBy(['job'], `(${select(runtime.uptime, scope)} < bool ${seconds})`);
