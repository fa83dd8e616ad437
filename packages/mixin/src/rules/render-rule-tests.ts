import { stringify } from 'yaml';
import type { Alert, AlertTest } from '../alerts/alert.ts';
import type { AlertArea } from '../alerts/all-alerts.ts';
import type { GeneratedFile } from '../generated-file.ts';
import { generatedHeader } from '../generated-header.ts';
import type { ResolvedSpec } from '../monitoring-spec.ts';
import { durationSeconds } from '../spec/duration.ts';
import { alertLabels } from './alert-rule.ts';
import type { RuleFile } from './rule-file.ts';

/**
 * The cases of one area for `promtool test rules`. They ask for the series `ALERTS`, which has every label of an alert that
 * fires: promtool's own `exp_alerts` would want the rendered annotations too, word for word. Only rule files that the
 * alerts need are loaded, because each case evaluates all of them each minute. Cases whose samples are ten minutes apart or
 * more are a file of their own, evaluated as seldom: a week of minutes takes seconds.
 */
export function renderRuleTests(
  { area, alerts }: AlertArea,
  files: readonly RuleFile[],
  spec: ResolvedSpec,
): readonly GeneratedFile[] {
  const needed = files.filter((file) => isNeeded(file, area, alerts));
  const cases = alerts.flatMap((alert) => alert.tests.map((test) => ({ alert, test })));
  const paces = [...new Set(cases.map(({ test }) => paceOf(test)))].sort();
  return paces.map((pace) => {
    const suite = {
      rule_files: needed.map(({ name }) => `../rules/${name}.yaml`),
      evaluation_interval: pace,
      group_eval_order: needed.flatMap(({ groups }) => groups.map(({ name }) => name)),
      tests: cases
        .filter(({ test }) => paceOf(test) === pace)
        .map(({ alert, test }) => testCase(alert, test)),
    };
    return {
      path: `prometheus/rule-tests/${area}${pace === '1m' ? '' : `-${pace}`}.yaml`,
      text: `# ${generatedHeader(spec)}\n${stringify(suite, { lineWidth: 0, aliasDuplicateObjects: false })}`,
    };
  });
}

/** How often the rules of a case are evaluated. */
function paceOf({ interval = '1m' }: AlertTest): string {
  return durationSeconds(interval) < 600 ? '1m' : interval;
}

/** The area's own alerts, and recording rules that one of them reads. */
function isNeeded(
  { name, groups, optional }: RuleFile,
  area: string,
  alerts: readonly Alert[],
): boolean {
  if (name === alertFileName(area)) return true;
  if (optional) return false;
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
        expr: `ALERTS{alertname="${alert.name}", alertstate="firing", severity="${alert.severity}"}`,
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
