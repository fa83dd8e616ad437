import { stringify } from 'yaml';
import type { Alert, AlertTest } from '../alerts/alert.ts';
import type { AlertArea } from '../alerts/all-alerts.ts';
import type { GeneratedFile } from '../generated-file.ts';
import { generatedHeader } from '../generated-header.ts';
import type { ResolvedSpec } from '../monitoring-spec.ts';
import { alertLabels } from './alert-rule.ts';
import type { RuleFile } from './rule-file.ts';

/**
 * The cases of one area for `promtool test rules`. They ask for the series `ALERTS`, which has every label of an alert that
 * fires: promtool's own `exp_alerts` would want the rendered annotations too, word for word. Only rule files that the
 * alerts need are loaded, because each case evaluates all of them each minute.
 */
export function renderRuleTests(
  { area, alerts }: AlertArea,
  files: readonly RuleFile[],
  spec: ResolvedSpec,
): GeneratedFile {
  const needed = files.filter((file) => isNeeded(file, area, alerts));
  const suite = {
    rule_files: needed.map(({ name }) => `../rules/${name}.yaml`),
    evaluation_interval: '1m',
    group_eval_order: needed.flatMap(({ groups }) => groups.map(({ name }) => name)),
    tests: alerts.flatMap((alert) => alert.tests.map((test) => testCase(alert, test))),
  };
  return {
    path: `prometheus/rule-tests/${area}.yaml`,
    text: `# ${generatedHeader(spec)}\n${stringify(suite, { lineWidth: 0 })}`,
  };
}

/** The area's own alerts, and recording rules that one of them reads. */
function isNeeded({ name, groups }: RuleFile, area: string, alerts: readonly Alert[]): boolean {
  if (name === alertFileName(area)) return true;
  const records = groups.flatMap(({ rules }) =>
    rules.flatMap((rule) => ('record' in rule ? rule.record : [])),
  );
  return records.some((record) => alerts.some(({ expr }) => expr.includes(record)));
}

export function alertFileName(area: string): string {
  return `${area}-alerts`;
}

function testCase(alert: Alert, { name, interval = '1m', series, at, fires }: AlertTest) {
  return {
    name: `${alert.name}: ${name}`,
    interval,
    input_series: Object.entries(series).map(([series, values]) => ({ series, values })),
    promql_expr_test: [
      {
        expr: `ALERTS{alertname="${alert.name}", alertstate="firing"}`,
        eval_time: at,
        exp_samples: fires.map((labels) => ({ labels: firing(alert, labels), value: 1 })),
      },
    ],
  };
}

function firing(alert: Alert, labels: Readonly<Record<string, string>>): string {
  const all = {
    alertname: alert.name,
    alertstate: 'firing',
    ...alertLabels(alert),
    ...labels,
  };
  const matchers = Object.entries(all).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return `ALERTS{${matchers.join(', ')}}`;
}
