import { uids } from '../../dashboards/uids.ts';
import { catalogMetric } from '../../metrics/catalog-metric.ts';
import { jobsGivenUp as givenUp, givenUpShare, jobs } from '../../queries/jobs-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { SERVICE, TENANT } from '../../query/service-labels.ts';
import { jobsThresholds } from '../../thresholds/jobs-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, percent, promql, shell, steps } from '../prose.ts';
import { replica, series, shop } from '../test-series.ts';

const { givenUp: limit, comparableGivenUp } = jobsThresholds;
const BY = [...SERVICE, 'queue'];

export const jobsGivenUp: AlertSource = (spec) => {
  const metric = catalogMetric(spec, 'messaging.jobs');
  const scope = ruleScope(spec.time('30m'), spec.histograms);
  const look = ruleScope('30m', spec.histograms);
  const share = givenUpShare(spec, scope, BY);
  if (metric === undefined || share === undefined) return undefined;
  const ended = (succeeded: string, failed: string, retried = '0x60') => {
    const labels = { ...replica('shop-1'), tenant_id: 'acme', queue: 'orders' };
    return {
      [series(metric, { ...labels, outcome: 'succeeded' })]: succeeded,
      [series(metric, { ...labels, outcome: 'failed' })]: failed,
      [series(metric, { ...labels, outcome: 'retried' })]: retried,
    };
  };
  return {
    name: 'JobsGivenUp',
    severity: 'warning',
    team: 'service',
    expr: `${share} > ${limit.warning} and ${givenUp(spec, scope, BY)} >= ${comparableGivenUp}`,
    for: spec.time('5m'),
    summary:
      '{{ $labels.service_name }} gave up {{ $value | humanizePercentage }} of the jobs of the queue {{ $labels.queue }}',
    description:
      'Jobs failed at their last attempt and are not tried again. What they should have done for a customer is not done, and nobody does it unless somebody looks.',
    dashboard: { uid: uids.jobs, variables: { 'var-job': 'job' } },
    runbook: {
      symptom: `Of the jobs of a queue that came to an end within 30 minutes, more than ${percent(limit.warning)} were given up, at least ${comparableGivenUp} of them.`,
      meaning:
        'Customers wait for something that does not come. Each of the jobs is still in Redis with its data and its last error.',
      look: blocks(
        'Since when, of whom, and what was the error?',
        promql(
          jobs(spec, { ...look, window: '5m' }, { by: ['queue', 'outcome'], of: 'rate' }) ?? '',
          givenUp(spec, look, ['queue', TENANT]) ?? '',
        ),
        'The worker logs each attempt with its error; a job has the last one too:',
        shell(
          'redis-cli zrevrange bull:<queue>:failed 0 4',
          'redis-cli hget bull:<queue>:<id> failedReason',
        ),
      ),
      mend: steps(
        'What the jobs call is down or answers with errors: mend it, then do the failed ones again (`job.retry()`, or the button of a queue dashboard).',
        'A deploy changed what is in a job, or what the worker expects: roll back the younger of the two.',
        'One tenant only: a record of theirs that the code does not expect.',
      ),
    },
    tests: [
      {
        name: 'one in five',
        series: ended('0+8x60', '0+2x60'),
        at: '45m',
        fires: [{ ...shop, queue: 'orders' }],
      },
      {
        name: 'half are tried again, and all succeed in the end',
        series: ended('0+10x60', '0x60', '0+10x60'),
        at: '45m',
        fires: [],
      },
      {
        name: 'three at night are too few to tell',
        series: ended('0x60', '0x20 1 2 3 3x37'),
        at: '45m',
        fires: [],
      },
    ],
  };
};
