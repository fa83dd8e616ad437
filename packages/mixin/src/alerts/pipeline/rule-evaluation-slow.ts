import { uids } from '../../dashboards/uids.ts';
import { prometheusServer } from '../../metrics/prometheus-server.ts';
import { ruleGroupLoad } from '../../queries/pipeline-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { SERVER } from '../../query/service-labels.ts';
import { pipelineThresholds } from '../../thresholds/pipeline-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { series } from '../test-series.ts';
import { aPrometheus } from './servers-in-tests.ts';

const group = { ...aPrometheus, rule_group: '/etc/prometheus/rules/slo.yaml;slo' };
const takes = (seconds: string) => ({
  [series(prometheusServer.ruleGroupDuration, group)]: seconds,
  [series(prometheusServer.ruleGroupInterval, group)]: '15x60',
});

export const ruleEvaluationSlow: AlertSource = (spec) => ({
  name: 'RuleEvaluationSlow',
  severity: 'warning',
  team: 'platform',
  expr: `${ruleGroupLoad(ruleScope(spec.time('5m'), spec.histograms), [...SERVER, 'rule_group'])} > ${pipelineThresholds.ruleGroupLoad.warning}`,
  for: spec.time('15m'),
  summary:
    'Rules of {{ $labels.rule_group }} take {{ $value | humanizePercentage }} of their interval',
  description:
    'A rule group hardly ends before it begins again. Beyond 100 % evaluations are left out, and alerts come late.',
  dashboard: { uid: uids.pipeline },
  runbook: {
    symptom: `A rule group has taken more than ${pipelineThresholds.ruleGroupLoad.warning * 100} % of its interval for a quarter of an hour.`,
    meaning: 'Customers notice nothing. Alerts will come late when it grows further.',
    look: [
      '```promql',
      'topk(5, prometheus_rule_group_last_duration_seconds)',
      'sum by (rule_group) (rate(prometheus_rule_group_iterations_missed_total[15m]))',
      'prometheus_tsdb_head_series',
      '```',
    ].join('\n'),
    mend: [
      '1. The number of series jumped: find who sends them, `topk(10, count by (__name__, job) ({__name__!=""}))`, and bound the label that grew.',
      '2. Prometheus is short of CPU: give it more.',
      '3. It is simply a lot of rules: give the group a longer `interval`.',
    ].join('\n'),
  },
  tests: [
    {
      name: '14 of 15 seconds',
      series: takes('14x60'),
      at: '30m',
      fires: [group],
    },
    {
      name: 'half a second',
      series: takes('0.5x60'),
      at: '30m',
      fires: [],
    },
  ],
});
