import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import {
  givenUpShare,
  jobs,
  jobsWaiting,
  jobTime,
  jobWait,
  oldestWaiting,
} from '../../../queries/jobs-queries.ts';
import { panelScope } from '../../../query/query-scope.ts';
import { TENANT } from '../../../query/service-labels.ts';
import { jobsThresholds } from '../../../thresholds/jobs-thresholds.ts';
import { type Row, row } from '../../frame/layout.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { whenKnown } from '../business/when-known.ts';

const QUEUE = ['queue'];

/** Queues: what waits, how long, and what comes of it. */
export function queuesRow(spec: ResolvedSpec): Row {
  const scope = panelScope(spec.histograms);
  const known = (expr: string | undefined) => (expr === undefined ? [] : [expr]);
  return row('Queues', [
    whenKnown(oldestWaiting(spec, scope, QUEUE), (expr) =>
      timeSeries({
        title: 'Oldest waiting job',
        description: {
          shows: 'Seconds that the job at the head of each queue has waited.',
          matters: 'It says at once that a queue stands still, also when only one job is in it.',
          act: 'Above the line: see the runbook of QueueStuck.',
        },
        unit: unit.seconds,
        thresholds: badAbove(jobsThresholds.oldestWaiting),
        width: 8,
        queries: [query(expr, '{{queue}}')],
      }),
    ),
    whenKnown(jobsWaiting(spec, scope, QUEUE), (expr) =>
      timeSeries({
        title: 'Jobs waiting',
        description: {
          shows: 'Jobs in each queue that no worker has taken yet.',
          matters: 'A backlog that grows all day will not be done by night.',
          act: 'Grows while jobs are done: more workers. Grows while none is: the oldest one is stuck.',
        },
        unit: unit.count,
        thresholds: neutral,
        width: 8,
        queries: [query(expr, '{{queue}}')],
      }),
    ),
    whenKnown(jobWait(0.95, spec, scope, QUEUE), (expr) =>
      timeSeries({
        title: 'Wait before the first attempt',
        description: {
          shows: 'Seconds within which 95 % of the jobs were begun, by queue.',
          matters: 'It is how late a customer hears that an order was paid.',
          act: 'Higher at peaks only: let it be, or add workers then. Always: see Run time of jobs.',
        },
        unit: unit.seconds,
        thresholds: badAbove(jobsThresholds.waitP95),
        width: 8,
        queries: [query(expr, '{{queue}}')],
      }),
    ),
    whenKnown(jobs(spec, scope, { by: [...QUEUE, 'outcome'], of: 'rate' }), (expr) =>
      timeSeries({
        title: 'Attempts by outcome',
        description: {
          shows: 'Attempts a second: succeeded, to be tried again, or given up after the last one.',
          matters: 'What is tried again is late; what is given up is lost until somebody looks.',
          act: 'Many repetitions: the service that the jobs need. See its logs at that time.',
        },
        unit: unit.operationsPerSecond,
        thresholds: neutral,
        stack: true,
        queries: [query(expr, '{{queue}} {{outcome}}')],
      }),
    ),
    whenKnown(givenUpShare(spec, scope, QUEUE), (expr) =>
      timeSeries({
        title: 'Jobs given up',
        description: {
          shows: 'Share of the jobs that came to an end which were given up, by queue.',
          matters: 'Nobody does them any more: a mail that is never sent, an order nobody packs.',
          act: 'Above the line: see the runbook of JobsGivenUp, and do them again when it is mended.',
        },
        unit: unit.ratio,
        thresholds: badAbove(jobsThresholds.givenUp),
        max: 1,
        queries: [query(expr, '{{queue}}')],
      }),
    ),
    whenKnown(jobTime(0.95, spec, scope, QUEUE), (expr) =>
      timeSeries({
        title: 'Run time of jobs',
        description: {
          shows: 'Seconds within which half and 95 % of the attempts ended, by queue.',
          matters: 'With the number of workers it is how much a queue can do.',
          act: 'Slower than last week: follow a trace of the queue to what it waits for.',
        },
        unit: unit.seconds,
        thresholds: neutral,
        queries: [
          ...known(jobTime(0.5, spec, scope, QUEUE)).map((half) => query(half, '{{queue}} p50')),
          query(expr, '{{queue}} p95'),
        ],
      }),
    ),
    whenKnown(jobs(spec, scope, { by: [TENANT], of: 'rate' }), (expr) =>
      timeSeries({
        title: 'Attempts by tenant',
        description: {
          shows: 'Attempts a second, by the tenant that added the job.',
          matters: 'One tenant can fill a queue that all of them share.',
          act: 'Give a tenant with much work a queue of its own, or a limit.',
        },
        unit: unit.operationsPerSecond,
        thresholds: neutral,
        stack: true,
        queries: [query(expr, '{{tenant_id}}')],
      }),
    ),
  ]);
}
