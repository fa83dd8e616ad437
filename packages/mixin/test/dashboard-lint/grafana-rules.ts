import { DATASOURCE } from '../../src/dashboards/frame/datasource.ts';
import type { DashboardJson, panelsOf } from './dashboard-json.ts';
import { KNOWN_UNITS } from './known-units.ts';
import { dashboardRule, type LintRule, panelRule, targetRule } from './lint-rule.ts';
import { parsePromql } from './parse-promql.ts';

/**
 * The rules of Grafana's dashboard-linter, by their names, written anew for our JSON. Those about Loki have nothing to look at.
 * @see https://github.com/grafana/dashboard-linter/tree/main/docs
 */
export const grafanaRules: readonly LintRule[] = [
  dashboardRule('template-datasource-rule', (dashboard) => {
    const [only, ...more] = variables(dashboard).filter(({ type }) => type === 'datasource');
    if (only === undefined) return ['has no data source variable'];
    return [
      ...(more.length > 0 ? ['has more than one data source variable'] : []),
      ...(only.name === 'datasource' ? [] : [`names it ${only.name} instead of datasource`]),
      ...(only.label === 'Data source' ? [] : [`labels it ${only.label}`]),
      ...(only.query === 'prometheus' ? [] : ['offers something else than Prometheus']),
    ];
  }),
  dashboardRule('template-job-rule', (dashboard) => mandatory(dashboard, 'job', 'Job')),
  dashboardRule('template-instance-rule', (dashboard) =>
    mandatory(dashboard, 'instance', 'Instance'),
  ),
  dashboardRule('template-label-promql-rule', (dashboard) =>
    variables(dashboard)
      .filter(({ type }) => type === 'query')
      .flatMap(({ name, query }) => {
        const asked = typeof query === 'string' ? query : String(query?.query);
        const [, selector] = /^label_values\((.+), *\w+\)$/.exec(asked) ?? [];
        if (selector === undefined) return [`${name} does not ask label_values: ${asked}`];
        return parsePromql(selector).errors.map((error) => `${name} ${error}`);
      }),
  ),
  dashboardRule('template-on-time-change-reload-rule', (dashboard) =>
    variables(dashboard)
      .filter(({ type, refresh }) => type === 'query' && refresh !== 2)
      .map(({ name }) => `${name} is not asked again when the time range changes`),
  ),
  dashboardRule('uneditable-dashboard-rule', ({ editable }) =>
    editable === false ? [] : ['can be edited, and would then differ from its file'],
  ),
  panelRule('panel-datasource-rule', ({ datasource, targets }) =>
    [datasource, ...targets.map((target) => target.datasource)].every(
      (each) => each?.uid === DATASOURCE.uid && each?.type === 'prometheus',
    )
      ? []
      : ['does not ask the data source of the variable'],
  ),
  panelRule('panel-title-description-rule', ({ title, description }) => [
    ...(title ? [] : ['has no title']),
    ...(description ? [] : ['has no description']),
  ]),
  panelRule('panel-units-rule', ({ fieldConfig }) =>
    unitsOf(fieldConfig)
      .filter((unit) => typeof unit !== 'string' || !KNOWN_UNITS.has(unit))
      .map((unit) => `has the unit ${JSON.stringify(unit)}, which Grafana does not know`),
  ),
  panelRule('panel-no-targets-rule', ({ targets }) => (targets.length > 0 ? [] : ['asks nothing'])),
  targetRule('target-promql-rule', (expr) => parsePromql(expr).errors),
  // Unlike the original it takes $__range: who writes that asks about the whole time range on purpose.
  targetRule('target-rate-interval-rule', (expr) =>
    parsePromql(expr)
      .selectors.filter(
        ({ range, call }) =>
          (call === 'rate' || call === 'irate') &&
          range !== '$__rate_interval' &&
          range !== '$__range',
      )
      .map(({ metric, range }) => `${metric} is rated over ${range}, not $__rate_interval`),
  ),
  targetRule('target-job-rule', (expr) => missing(expr, 'job=~"$job"')),
  targetRule('target-instance-rule', (expr) => missing(expr, 'instance=~"$instance"')),
  targetRule('target-counter-agg-rule', (expr) =>
    parsePromql(expr)
      .selectors.filter(
        ({ metric, range, call }) =>
          metric.endsWith('_total') &&
          !(range !== undefined && /^(rate|irate|increase)$/.test(call ?? '')),
      )
      .map(({ metric }) => `${metric} is a counter and neither rated nor increased`),
  ),
];

const variables = ({ templating }: DashboardJson) => templating.list ?? [];

function mandatory(dashboard: DashboardJson, name: string, label: string): string[] {
  const found = variables(dashboard).find((variable) => variable.name === name);
  if (found === undefined) return [`has no variable ${name}`];
  return [
    ...(found.datasource?.uid === DATASOURCE.uid ? [] : ['asks another data source']),
    ...(found.type === 'query' ? [] : [`is of type ${found.type}`]),
    ...(found.label === label ? [] : [`is labelled ${found.label}`]),
    ...(found.multi ? [] : ['takes one value only']),
    ...(found.allValue === '.+' ? [] : [`means ${found.allValue} by All`]),
  ].map((problem) => `${name} ${problem}`);
}

const missing = (expr: string, matcher: string): string[] =>
  parsePromql(expr)
    .selectors.filter(({ matchers }) => !matchers.includes(matcher))
    .map(({ metric }) => `${metric || 'a selector'} lacks ${matcher}`);

type FieldConfig = ReturnType<typeof panelsOf>[number]['fieldConfig'];

const unitsOf = ({ defaults, overrides }: FieldConfig): unknown[] => [
  defaults.unit,
  ...overrides.flatMap(({ properties }) =>
    properties.filter(({ id }) => id === 'unit').map(({ value }) => value),
  ),
];
