import { uids } from '../../dashboards/uids.ts';
import { prometheusServer } from '../../metrics/prometheus-server.ts';
import { ruleFailures } from '../../queries/pipeline-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { SERVER } from '../../query/service-labels.ts';
import type { AlertSource } from '../alert.ts';
import { series } from '../test-series.ts';
import { aPrometheus } from './servers-in-tests.ts';

const group = { ...aPrometheus, rule_group: '/etc/prometheus/rules/slo.yaml;slo' };
const failures = series(prometheusServer.ruleFailures, group);

export const ruleEvaluationFailing: AlertSource = (spec) => ({
  name: 'RuleEvaluationFailing',
  severity: 'warning',
  team: 'platform',
  expr: `${ruleFailures(ruleScope(spec.time('5m'), spec.histograms), [...SERVER, 'rule_group'])} > 0`,
  for: spec.time('5m'),
  summary: 'Rules of {{ $labels.rule_group }} fail on {{ $labels.instance }}',
  description:
    'Prometheus cannot evaluate some of its rules. Alerts of that group cannot fire, and dashboards that read its recorded series are empty.',
  dashboard: { uid: uids.pipeline },
  runbook: {
    symptom: 'Evaluations of a rule group have failed for ten minutes.',
    meaning:
      'Customers notice nothing. The alerts of that group are blind until it is mended: watch its dashboards by eye.',
    look: [
      'Which rule, and why:',
      '',
      '```sh',
      `curl -s http://localhost:9090/api/v1/rules | jq -r '.data.groups[].rules[] | select(.health == "err") | .name + ": " + .lastError'`,
      '```',
    ].join('\n'),
    mend: [
      '1. `many-to-many matching` or `duplicate series`: labels changed at a deploy, or two rule files record the same name. Take the change back.',
      '2. `query timed out` or `too many samples`: too many series. See `topk(10, count by (__name__) ({__name__!=""}))`.',
      '3. A rule file that was changed by hand: generate it again (`npx bellwether generate`) and reload Prometheus (`kill -HUP`).',
    ].join('\n'),
  },
  tests: [
    {
      name: 'one rule of a group fails at each evaluation',
      series: { [failures]: '0x10 0+4x30' },
      at: '30m',
      fires: [group],
    },
    {
      name: 'all rules are fine',
      series: { [failures]: '0x40' },
      at: '30m',
      fires: [],
    },
    {
      name: 'once, at the start of Prometheus',
      series: { [failures]: '0 3x40' },
      at: '30m',
      fires: [],
    },
  ],
});
