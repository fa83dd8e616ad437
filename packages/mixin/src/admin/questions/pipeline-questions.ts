import { sampleAge } from '../../queries/freshness-queries.ts';
import { targets } from '../../queries/machine-queries.ts';
import {
  alertsHeld,
  headSeries,
  notificationsGivenUp,
  otlpRejections,
  pointsAccepted,
  pointsFiltered,
  pointsLost,
  pointsRefused,
  pointsSent,
  queueUsed,
  ruleFailures,
  ruleGroupLoad,
  samplesAppended,
} from '../../queries/pipeline-queries.ts';
import { infrastructureThresholds } from '../../thresholds/infrastructure-thresholds.ts';
import { pipelineThresholds } from '../../thresholds/pipeline-thresholds.ts';
import { orNone } from '../or-none.ts';
import { everybody, type Question } from '../question.ts';
import { tellApart } from '../tell-apart.ts';

const collector = { group: 'Collector', whom: everybody } as const;
const prometheus = { group: 'Prometheus', whom: everybody } as const;
const alerting = { group: 'Alerting', whom: everybody } as const;

export const pipelineQuestions: readonly Question[] = [
  {
    name: 'pipeline-targets',
    title: 'Servers reached',
    description: '1 for every server that Prometheus reaches, 0 for those that it does not.',
    unit: '{server}',
    kind: 'table',
    legend: '{{job}} {{instance}}',
    group: 'Sources',
    whom: everybody,
    levels: infrastructureThresholds.targetUp,
    bad: 'below',
    promql: (scope) => targets(scope),
  },
  {
    name: 'pipeline-sample-age',
    title: 'Age of the last sample',
    description: 'Seconds since each process was heard of.',
    unit: 's',
    kind: 'table',
    legend: '{{job}} {{instance}}',
    group: 'Sources',
    whom: everybody,
    promql: (scope) => sampleAge(scope),
  },
  {
    name: 'collector-points',
    title: 'Metric points',
    description: 'Points a second that the Collector took, and that it handed over.',
    unit: '{point}/s',
    kind: 'timeseries',
    legend: '{{points}}',
    ...collector,
    promql: (scope) =>
      tellApart('points', [
        ['taken', pointsAccepted(scope)],
        ['handed over', pointsSent(scope)],
      ]),
  },
  {
    name: 'collector-points-dropped',
    title: 'Points turned away',
    description:
      'Points a second that were refused, or dropped because Prometheus would refuse them.',
    unit: '{point}/s',
    kind: 'timeseries',
    legend: '{{points}}',
    levels: pipelineThresholds.pointsLost,
    ...collector,
    promql: (scope) =>
      tellApart('points', [
        ['refused', pointsRefused(scope)],
        ['filtered', pointsFiltered(scope)],
      ]),
  },
  {
    name: 'collector-points-lost',
    title: 'Points lost',
    description: 'Points that were lost for good, in the window of each moment.',
    unit: '{point}',
    kind: 'timeseries',
    levels: pipelineThresholds.pointsLost,
    ...collector,
    promql: (scope) => orNone(pointsLost(scope)),
  },
  {
    name: 'collector-queue-used',
    title: 'Queue',
    description:
      'Share of the queue on disk that is taken, of the fullest: it fills while Prometheus is away.',
    unit: '1',
    kind: 'gauge',
    levels: pipelineThresholds.queueUsed,
    ...collector,
    promql: (scope) => `max(${queueUsed(scope)})`,
  },
  {
    name: 'prometheus-samples',
    title: 'Samples stored',
    description: 'Samples a second that Prometheus stored.',
    unit: '{sample}/s',
    kind: 'timeseries',
    ...prometheus,
    promql: (scope) => samplesAppended(scope),
  },
  {
    name: 'prometheus-series',
    title: 'Series',
    description: 'Series that Prometheus keeps in memory.',
    unit: '{series}',
    kind: 'timeseries',
    ...prometheus,
    promql: (scope) => headSeries(scope),
  },
  {
    name: 'prometheus-otlp-rejected',
    title: 'Batches refused',
    description: 'Answers of the OTLP endpoint other than 2xx, a second, by code.',
    unit: '{request}/s',
    kind: 'timeseries',
    legend: '{{code}}',
    levels: pipelineThresholds.otlpRejected,
    ...prometheus,
    promql: (scope) => orNone(otlpRejections(scope, ['code'])),
  },
  {
    name: 'prometheus-rule-failures',
    title: 'Rules that failed',
    description: 'Evaluations of rules a second that failed.',
    unit: '{evaluation}/s',
    kind: 'timeseries',
    ...prometheus,
    promql: (scope) => ruleFailures(scope),
  },
  {
    name: 'prometheus-rule-load',
    title: 'Load of rule groups',
    description: 'Time that each group of rules takes as a share of its interval.',
    unit: '1',
    kind: 'timeseries',
    legend: '{{rule_group}}',
    levels: pipelineThresholds.ruleGroupLoad,
    ...prometheus,
    promql: (scope) =>
      `label_replace(topk(10, ${ruleGroupLoad(scope)}), "rule_group", "$1", "rule_group", ".*;(.*)")`,
  },
  {
    name: 'alertmanager-alerts',
    title: 'Alerts held',
    description: 'Alerts that Alertmanager holds, by state.',
    unit: '{alert}',
    kind: 'timeseries',
    legend: '{{state}}',
    ...alerting,
    promql: (scope) => alertsHeld(scope, ['state']),
  },
  {
    name: 'alertmanager-given-up',
    title: 'Notifications given up',
    description: 'Notifications a second that no receiver took, by integration.',
    unit: '{notification}/s',
    kind: 'timeseries',
    legend: '{{integration}}',
    ...alerting,
    promql: (scope) => notificationsGivenUp(scope, ['integration']),
  },
];
