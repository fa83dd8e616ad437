import { describe, expect, test } from 'vitest';
import { type DashboardJson, type PanelJson, panelsOf } from './dashboard-lint/dashboard-json.ts';
import { exampleDashboards, specs } from './dashboard-lint/example-dashboards.ts';
import { allRules, contextOf, lintDashboards } from './dashboard-lint/lint-dashboards.ts';

describe.each(Object.keys(specs) as (keyof typeof specs)[])('dashboards of the spec %s', (name) => {
  const { dashboards, alerts } = exampleDashboards(name);

  test('keep all rules', () => {
    const { findings } = lintDashboards(dashboards, alerts);
    const lines = findings.map(({ dashboard, panel = '', rule, message }) =>
      [dashboard, panel, rule, message].join(' | '),
    );
    expect(lines).toEqual([]);
  });
});

const classic = exampleDashboards('classic');
const { alerts } = classic;

test('no exception is left over', () => {
  expect(lintDashboards(classic.dashboards, alerts).unneeded).toEqual([]);
});

/** One change to a good dashboard, and the rule that must notice. */
const damages: Readonly<Record<string, (dashboard: DashboardJson, panel: PanelJson) => void>> = {
  'template-datasource-rule': ({ templating }) => templating.list?.shift(),
  'template-job-rule': (dashboard) => change(dashboard, 'job', { multi: false }),
  'template-instance-rule': (dashboard) => change(dashboard, 'instance', { allValue: '.*' }),
  'template-label-promql-rule': (dashboard) =>
    change(dashboard, 'job', { query: 'label_values(up{job=, job)' }),
  'template-on-time-change-reload-rule': (dashboard) => change(dashboard, 'job', { refresh: 1 }),
  'uneditable-dashboard-rule': (dashboard) => {
    dashboard.editable = true;
  },
  'panel-datasource-rule': (_, panel) => {
    panel.datasource = { type: 'prometheus', uid: 'mine' };
  },
  'panel-title-description-rule': (_, panel) => {
    panel.description = '';
  },
  'panel-units-rule': (_, panel) => {
    panel.fieldConfig.defaults.unit = 'seconds';
  },
  'panel-no-targets-rule': (_, panel) => {
    panel.targets = [];
  },
  'target-promql-rule': ask('sum(rate(x[$__rate_interval])'),
  'target-rate-interval-rule': ask('rate(x{job=~"$job",instance=~"$instance"}[5m])'),
  'target-job-rule': ask('up{instance=~"$instance"}'),
  'target-instance-rule': ask('up{job=~"$job"}'),
  'target-counter-agg-rule': ask('sum(x_total{job=~"$job",instance=~"$instance"})'),
  'description-parts': (_, panel) => {
    panel.description = `${panel.description}`.replace('**Why:**', 'Why:');
  },
  thresholds: (_, panel) => {
    panel.fieldConfig.defaults.thresholds = { mode: 'absolute', steps: [] };
  },
  units: (_, panel) => {
    delete panel.fieldConfig.defaults.unit;
  },
  ids: (dashboard, panel) => {
    dashboard.panels.push({ ...panel, title: 'Another', gridPos: { x: 0, y: 900, w: 1, h: 1 } });
  },
  'ref-ids': (_, panel) => {
    panel.targets = [...panel.targets, ...panel.targets];
  },
  titles: (dashboard, panel) => {
    dashboard.panels.push({ ...panel, id: 9_999, gridPos: { x: 0, y: 900, w: 1, h: 1 } });
  },
  links: ({ links }) => {
    for (const link of links ?? []) if (link.type === 'link') link.url = '/d/gone';
  },
  annotations: ({ annotations }) => {
    for (const annotation of annotations.list ?? []) annotation.expr = 'ALERTS{';
  },
  marks: ({ annotations }) => {
    annotations.list = annotations.list?.filter(({ name }) => name !== 'Deployments') ?? [];
  },
  legends: (_, panel) => {
    for (const target of panel.targets) target.legendFormat = '{{route}}';
  },
  'variables-used': (dashboard) => {
    dashboard.templating.list?.push({ type: 'textbox', name: 'unused' });
  },
  'variables-known': ask('up{job=~"$job",instance=~"$instance",x=~"$unknown"}'),
  frame: (dashboard) => {
    dashboard.refresh = '5s';
  },
  grid: (_, panel) => {
    panel.gridPos = { x: 20, y: 1, w: 8, h: 4 };
  },
  'alert-thresholds': (dashboard) => {
    for (const { fieldConfig } of panelsOf(dashboard)) {
      fieldConfig.defaults.thresholds = {
        mode: 'absolute',
        steps: [{ value: null, color: 'red' }],
      };
      fieldConfig.overrides = [];
    }
  },
};

test.each(allRules)('$name notices what it is for', ({ name, check }) => {
  const dashboards = structuredClone(classic.dashboards);
  // Alerts lead to this one; the other is free of exceptions.
  const uid = name === 'alert-thresholds' ? 'bellwether-tenant' : 'bellwether-application';
  const dashboard = dashboards.find((each) => each.uid === uid);
  const panel = dashboard && panelsOf(dashboard)[0];
  if (dashboard === undefined || panel === undefined) throw new Error('nothing to damage');
  const context = contextOf(dashboards, alerts);
  expect(check(dashboard, context)).toEqual([]);
  damages[name]?.(dashboard, panel);
  expect(check(dashboard, context)).not.toEqual([]);
});

function ask(expr: string) {
  return (_: DashboardJson, panel: PanelJson): void => {
    const [first] = panel.targets;
    if (first !== undefined) first.expr = expr;
  };
}

type Variable = NonNullable<DashboardJson['templating']['list']>[number];

function change({ templating }: DashboardJson, name: string, to: Partial<Variable>): void {
  for (const variable of templating.list ?? [])
    if (variable.name === name) Object.assign(variable, to);
}
