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
  const cases = alerts.flatMap((alert) => alert.tests.map((test) => ({ alert, test })));
  const paces = [...new Set(cases.map(({ test }) => paceOf(test)))].sort();
  return paces.map((pace) => {
    const ofPace = cases.filter(({ test }) => paceOf(test) === pace);
    const needed = neededBy(
      area,
      ofPace.map(({ alert }) => alert),
      files,
    );
    const suite = {
      rule_files: needed.map(({ name }) => `../rules/${name}.yaml`),
      evaluation_interval: pace,
      group_eval_order: needed.flatMap(({ groups }) => groups.map(({ name }) => name)),
      tests: ofPace.map(({ alert, test }) => testCase(alert, test)),
    };
    return {
      path: `prometheus/rule-tests/${area}${pace === '1m' ? '' : `-${pace}`}.yaml`,
      text: `# ${generatedHeader(spec)}\n${stringify(suite, { lineWidth: 0, aliasDuplicateObjects: false })}`,
    };
  });
}

/** How often the rules of a case are evaluated. */
function paceOf({ interval = '1m', evaluated }: AlertTest): string {
  return evaluated ?? (durationSeconds(interval) < 600 ? '1m' : interval);
}

/** The area's own alerts, recording rules that one of them reads, and those that these read. */
function neededBy(
  area: string,
  alerts: readonly Alert[],
  files: readonly RuleFile[],
): readonly RuleFile[] {
  const needed = new Set<RuleFile>();
  const asked = alerts.map(({ expr }) => expr);
  const readers = files.filter(({ optional }) => !optional);
  for (const expr of asked)
    for (const file of readers)
      if (!needed.has(file) && recordsOf(file).some((record) => expr.includes(record))) {
        needed.add(file);
        asked.push(...rulesOf(file).map((rule) => rule.expr));
      }
  return files.filter((file) => file.name === alertFileName(area) || needed.has(file));
}

const rulesOf = ({ groups }: RuleFile) => groups.flatMap(({ rules }) => rules);
const recordsOf = (file: RuleFile) =>
  rulesOf(file).flatMap((rule) => ('record' in rule ? rule.record : []));

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
