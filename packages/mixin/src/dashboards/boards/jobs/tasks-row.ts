import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import { batchRuns, runTime, sinceSuccess } from '../../../queries/jobs-queries.ts';
import { panelScope } from '../../../query/query-scope.ts';
import { jobsThresholds } from '../../../thresholds/jobs-thresholds.ts';
import { type Row, row } from '../../frame/layout.ts';
import { barGauge } from '../../panels/bar-gauge.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { stat } from '../../panels/stat.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { whenKnown } from '../business/when-known.ts';

const TASK = ['task'];

/** Tasks that begin by the clock and end. Their process is gone when somebody looks: the last week is asked. */
export function tasksRow(spec: ResolvedSpec): Row {
  const now = panelScope(spec.histograms);
  const week = { ...now, window: '7d' };
  const range = { ...now, window: '$__range' };
  return row('Nightly tasks', [
    whenKnown(sinceSuccess(spec, week, TASK), (expr) =>
      stat({
        title: 'Since the last success',
        description: {
          shows: 'Time since each task last succeeded, of those that did within a week.',
          matters: 'A task that does not run makes no errors: only its age tells.',
          act: 'Red for a nightly one: see the runbook of BatchOverdue.',
        },
        unit: unit.duration,
        thresholds: badAbove(jobsThresholds.sinceSuccess),
        width: 8,
        height: 6,
        queries: [query(expr, '{{task}}', { instant: true })],
      }),
    ),
    whenKnown(batchRuns(spec, range, { by: [...TASK, 'outcome'] }), (expr) =>
      barGauge({
        title: 'Runs by outcome',
        description: {
          shows: 'Runs of each task in the time range, by outcome.',
          matters: 'One that fails and succeeds in turns will one night not succeed.',
          act: 'Look at the log of a run that failed: a task says what it could not do.',
        },
        unit: unit.count,
        thresholds: neutral,
        decimals: 0,
        height: 6,
        queries: [query(expr, '{{task}} {{outcome}}', { instant: true })],
      }),
    ),
    whenKnown(runTime(spec, week, TASK), (expr) =>
      timeSeries({
        title: 'Time of the last run',
        description: {
          shows: 'Seconds that the last run of each task took, of those of the last week.',
          matters: 'It grows with the data. One night it is not done in the morning.',
          act: 'Twice as long as a month ago: look for what it reads as a whole.',
        },
        unit: unit.seconds,
        thresholds: neutral,
        width: 8,
        height: 6,
        queries: [query(expr, '{{task}}')],
      }),
    ),
  ]);
}
