import { catalogMetric } from '../metrics/catalog-metric.ts';
import type { ResolvedSpec } from '../monitoring-spec.ts';
import { maxBy } from '../query/aggregation.ts';
import { share } from '../query/or-zero.ts';
import { quantile, select } from '../query/promql.ts';
import type { QueryScope } from '../query/query-scope.ts';
import { type Counted, counted } from './business-queries.ts';

// About instruments of the presets `messaging` and `batch`; undefined where no catalog has them.

type Catalogs = Pick<ResolvedSpec, 'catalogs'>;
type By = readonly string[];

/** Attempts to do a job. By `queue` or `outcome` if asked. */
export const jobs = (spec: Catalogs, scope: QueryScope, how: Counted = {}): string | undefined =>
  counted(spec, 'messaging.jobs', scope, how);

/** Jobs that were given up after their last attempt, in the whole window. */
export const jobsGivenUp = (spec: Catalogs, scope: QueryScope, by: By = []): string | undefined =>
  jobs(spec, scope, { by, matchers: ['outcome="failed"'] });

/** Share of the jobs that came to an end which were given up, 0 to 1. */
export function givenUpShare(spec: Catalogs, scope: QueryScope, by: By = []): string | undefined {
  const failed = jobsGivenUp(spec, scope, by);
  const ended = jobs(spec, scope, { by, matchers: ['outcome!="retried"'] });
  return failed && ended && share(failed, ended);
}

/** Seconds that the share `q` of the jobs waited before their first attempt, at most. */
export const jobWait = (
  q: number,
  spec: Catalogs,
  scope: QueryScope,
  by: By = [],
): string | undefined => quantileOf('messaging.job.wait', q, spec, scope, by);

/** Seconds that the share `q` of the attempts took, at most. */
export const jobTime = (
  q: number,
  spec: Catalogs,
  scope: QueryScope,
  by: By = [],
): string | undefined => quantileOf('messaging.job.duration', q, spec, scope, by);

/** Jobs that wait for a worker: every worker of the queue says the same. */
export const jobsWaiting = (spec: Catalogs, scope: QueryScope, by: By = []): string | undefined =>
  highest('messaging.jobs.waiting', spec, scope, by);

/** Seconds that the oldest of them has waited. */
export const oldestWaiting = (spec: Catalogs, scope: QueryScope, by: By = []): string | undefined =>
  highest('messaging.jobs.waiting.age', spec, scope, by);

/** Runs of tasks that have ended. By `task` or `outcome` if asked. */
export const batchRuns = (
  spec: Catalogs,
  scope: QueryScope,
  how: Counted = {},
): string | undefined => counted(spec, 'batch.runs', scope, how);

/** Seconds since a task last succeeded, known for as long as the window of the scope. Its process has long ended. */
export function sinceSuccess(spec: Catalogs, scope: QueryScope, by: By): string | undefined {
  const metric = catalogMetric(spec, 'batch.last_success.time');
  return (
    metric && `time() - ${maxBy(by, `max_over_time(${select(metric, scope)}[${scope.window}])`)}`
  );
}

/** Seconds that the last run of a task took. */
export function runTime(spec: Catalogs, scope: QueryScope, by: By): string | undefined {
  const metric = catalogMetric(spec, 'batch.run.duration');
  return metric && maxBy(by, `last_over_time(${select(metric, scope)}[${scope.window}])`);
}

function quantileOf(
  name: string,
  q: number,
  spec: Catalogs,
  scope: QueryScope,
  by: By,
): string | undefined {
  const metric = catalogMetric(spec, name);
  return metric && quantile(q, metric, scope, { by });
}

function highest(name: string, spec: Catalogs, scope: QueryScope, by: By): string | undefined {
  const metric = catalogMetric(spec, name);
  return metric && maxBy(by, select(metric, scope));
}
