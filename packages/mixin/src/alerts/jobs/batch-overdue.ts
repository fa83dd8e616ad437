import { uids } from '../../dashboards/uids.ts';
import { catalogMetric } from '../../metrics/catalog-metric.ts';
import { batchRuns, runTime, sinceSuccess } from '../../queries/jobs-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { SERVICE } from '../../query/service-labels.ts';
import { jobsThresholds } from '../../thresholds/jobs-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, promql, shell, steps } from '../prose.ts';
import { replica, series, shop } from '../test-series.ts';

const { sinceSuccess: limit } = jobsThresholds;
const HOUR = 3_600;
const BY = [...SERVICE, 'task'];

export const batchOverdue: AlertSource = (spec) => {
  const metric = catalogMetric(spec, 'batch.last_success.time');
  // Its process is gone after each run: what it said is looked for in a week.
  const scope = ruleScope(spec.time('7d'), spec.histograms);
  const look = ruleScope('7d', spec.histograms);
  const since = sinceSuccess(spec, scope, BY);
  if (metric === undefined || since === undefined) return undefined;
  const succeeded = (instance: string) =>
    series(metric, { ...replica(instance), task: 'close-day' });
  return {
    name: 'BatchOverdue',
    severity: 'warning',
    team: 'service',
    expr: `${since} > ${limit.warning}`,
    for: spec.time('5m'),
    summary: '{{ $labels.task }} has not succeeded for {{ $value | humanizeDuration }}',
    description:
      'A nightly task did not run, or did not end well, for more than a day and two hours. What it makes is of yesterday: bills, reports, clean-ups. It is told until a week after the last success.',
    dashboard: { uid: uids.jobs, variables: { 'var-job': 'job' } },
    runbook: {
      symptom: `The last success of a task is more than ${limit.warning / HOUR} hours ago.`,
      meaning:
        'People work with old numbers, or something fills up that is cleaned at night. One night late is mostly harmless; a week is not.',
      look: blocks(
        'Did it run and fail, or did it not run?',
        promql(
          batchRuns(spec, look, { by: ['task', 'outcome'] }) ?? '',
          runTime(spec, look, ['task']) ?? '',
        ),
        'No failed run: nobody started it. Ask the scheduler:',
        shell('systemctl list-timers   # or kubectl get cronjobs, crontab -l'),
      ),
      mend: steps(
        'It failed: its log says at what. Mend that, and run it by hand once.',
        'It was not started: the scheduler or its host is away, or the job was suspended for a deployment. Start it by hand, then mend the schedule.',
        'It runs longer every night and was ended by its time limit: raise the limit today, make it do less tomorrow.',
        'It was taken away on purpose: silence the alert for a week.',
      ),
    },
    tests: [
      {
        name: 'it succeeded at hour 2, and not the night after: its process is long gone',
        interval: '1h',
        series: { [succeeded('night-1')]: `_ _ ${2 * HOUR} _x60` },
        at: '30h',
        fires: [{ ...shop, task: 'close-day' }],
      },
      {
        name: 'every night, each by a process of its own',
        interval: '1h',
        series: {
          [succeeded('night-1')]: `_ _ ${2 * HOUR} _x60`,
          [succeeded('night-2')]: `_x26 ${26 * HOUR} _x60`,
        },
        at: '30h',
        fires: [],
      },
      {
        name: 'half an hour late',
        interval: '30m',
        series: { [succeeded('night-1')]: `_ _ _ _ ${2 * HOUR} _x100` },
        at: '26h30m',
        fires: [],
      },
    ],
  };
};
