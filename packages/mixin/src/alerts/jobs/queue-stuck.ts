import { uids } from '../../dashboards/uids.ts';
import { catalogMetric } from '../../metrics/catalog-metric.ts';
import { jobs, jobsWaiting, jobTime, oldestWaiting } from '../../queries/jobs-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { SERVICE } from '../../query/service-labels.ts';
import { jobsThresholds } from '../../thresholds/jobs-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, promql, shell, steps } from '../prose.ts';
import { replica, series, shop } from '../test-series.ts';

const { oldestWaiting: limit } = jobsThresholds;
const BY = [...SERVICE, 'queue'];

export const queueStuck: AlertSource = (spec) => {
  const metric = catalogMetric(spec, 'messaging.jobs.waiting.age');
  const scope = ruleScope(spec.time('5m'), spec.histograms);
  const look = ruleScope('5m', spec.histograms);
  const oldest = oldestWaiting(spec, scope, BY);
  if (metric === undefined || oldest === undefined) return undefined;
  const age = (instance: string) => series(metric, { ...replica(instance), queue: 'orders' });
  return {
    name: 'QueueStuck',
    severity: 'warning',
    team: 'service',
    expr: `${oldest} > ${limit.warning}`,
    for: spec.time('5m'),
    summary:
      'A job of the queue {{ $labels.queue }} has waited for {{ $value | humanizeDuration }}, and no worker takes it',
    description:
      'The job at the head of a queue is not begun. Workers are busy with slow jobs, stand still, or cannot keep up. What the queue does for customers is late by that much, and it grows.',
    dashboard: { uid: uids.jobs, variables: { 'var-job': 'job' } },
    runbook: {
      symptom: `For five minutes the job that waits longest in a queue was older than ${limit.warning / 60} minutes.`,
      meaning:
        'Mails, confirmations or exports that the queue is for come late or not at all. Nothing is lost yet: it is in Redis.',
      look: blocks(
        'Is anything done, how much waits, and how long does one take?',
        promql(
          jobs(spec, look, { by: ['queue', 'outcome'], of: 'rate' }) ?? '',
          jobsWaiting(spec, look, ['queue']) ?? '',
          jobTime(0.95, spec, look, ['queue']) ?? '',
        ),
        'Nothing done and nothing tried again: the workers stand still. Much tried again: what they call fails. Done as ever, and it grows: too few of them. All workers gone is [ServiceSilent](ServiceSilent.md), for then nobody reports the age.',
        shell('redis-cli llen bull:<queue>:wait; redis-cli llen bull:<queue>:active'),
      ),
      mend: steps(
        'Workers stand still with jobs in `active`: one waits for an answer without a time-out. Restart them; then give that call a time-out.',
        'What they call fails or is slow: mend that first, the queue empties by itself.',
        'Too few: more workers, or a higher `WORKER_CONCURRENCY` while the database has room.',
        'The queue was paused by hand: resume it.',
      ),
    },
    tests: [
      {
        name: 'nothing is taken any more: the oldest grows by a minute a minute, and both workers say so',
        series: { [age('shop-1')]: '0x10 0+60x30', [age('shop-2')]: '0x10 0+60x30' },
        at: '25m',
        fires: [{ ...shop, queue: 'orders' }],
      },
      {
        name: 'a deployment: six minutes without a worker, and then it is done in two',
        series: { [age('shop-1')]: '0x10 60 120 180 240 300 360 120 0x30' },
        at: '17m',
        fires: [],
      },
      {
        name: 'a busy queue that keeps up',
        series: { [age('shop-1')]: '45x40' },
        at: '30m',
        fires: [],
      },
    ],
  };
};
