import { targetUid } from '../../src/dashboards/frame/dead-links.ts';
import { DESCRIPTION_PARTS } from '../../src/dashboards/panels/panel-description.ts';
import { type DashboardJson, type PanelJson, panelsOf } from './dashboard-json.ts';
import { dashboardRule, type LintRule, panelRule } from './lint-rule.ts';
import { parsePromql } from './parse-promql.ts';

/** Shorter than this is a title said twice. */
const SHORTEST_PART = 20;
const FASTEST_REFRESH_SECONDS = 60;

/** What this project asks of its dashboards beyond Grafana's own linter. */
export const houseRules: readonly LintRule[] = [
  panelRule('description-parts', ({ description = '' }) => {
    const parts = description.split(/\*\*(.+?:)\*\* /).slice(1);
    return DESCRIPTION_PARTS.flatMap((heading, i) => {
      const text = parts[2 * i + 1]?.trim() ?? '';
      if (parts[2 * i] !== heading) return [`lacks the part ${JSON.stringify(heading)}`];
      if (text.length < SHORTEST_PART) return [`says too little after ${JSON.stringify(heading)}`];
      return /[.!?\d]$/.test(text) ? [] : [`does not end the part ${JSON.stringify(heading)}`];
    });
  }),
  panelRule('thresholds', ({ fieldConfig }) => {
    const steps = fieldConfig.defaults.thresholds?.steps ?? [];
    const levels = steps.slice(1).map(({ value }) => value ?? Number.NaN);
    return [
      ...(steps.length === 0 ? ['has no thresholds'] : []),
      ...(steps.length > 0 && steps[0]?.value !== null ? ['has no base step'] : []),
      ...(levels.every((level, i) => level > (levels[i - 1] ?? -Infinity))
        ? []
        : [`has levels that do not rise: ${levels.join(', ')}`]),
    ];
  }),
  panelRule('units', ({ fieldConfig }) => (fieldConfig.defaults.unit ? [] : ['has no unit'])),
  dashboardRule('ids', (dashboard) => {
    const all = dashboard.panels.map(({ id }) => id);
    return repeated(all).map((id) => `has two panels ${id}`);
  }),
  panelRule('ref-ids', ({ targets }) =>
    repeated(targets.map(({ refId }) => refId)).map((id) => `has two queries ${id}`),
  ),
  dashboardRule('titles', (dashboard) =>
    repeated(panelsOf(dashboard).map(({ title }) => title)).map(
      (title) => `has two panels titled ${title}`,
    ),
  ),
  dashboardRule('links', (dashboard, { dashboards }) =>
    urlsOf(dashboard).flatMap((url) => {
      const target = dashboards.get(targetUid(url) ?? '');
      if (target === undefined) return [`links to ${url}, which does not exist`];
      return setBy(url)
        .filter((name) => !variableNames(target).has(name))
        .map((name) => `gives ${target.uid} a variable ${name} that it does not have`);
    }),
  ),
  dashboardRule('annotations', ({ annotations }) =>
    (annotations.list ?? []).flatMap(({ name, expr = '' }) =>
      parsePromql(expr).errors.map((error) => `has an annotation ${name} whose query ${error}`),
    ),
  ),
  dashboardRule('marks', ({ annotations, templating }) => {
    const asked = (annotations.list ?? []).map(({ expr = '' }) => expr);
    const ofServices = templating.list?.some(({ name }) => name === 'environment');
    return [
      ...(asked.some((expr) => expr.includes('ALERTS{')) ? [] : ['does not mark alerts']),
      ...(!ofServices || asked.some((expr) => expr.includes('service_version!=""'))
        ? []
        : ['does not mark deployments']),
    ];
  }),
  panelRule('legends', ({ targets }) =>
    targets
      // Series that are not added up have labels which their query need not name.
      .filter(({ expr }) => /\b(?:sum|min|max|avg|count|group)\b/.test(expr))
      .flatMap(({ refId, expr, legendFormat = '' }) =>
        [...legendFormat.matchAll(/\{\{\s*(\w+)\s*\}\}/g)]
          .filter(([, label]) => !new RegExp(`\\b${label}\\b`).test(expr))
          .map(([, label]) => `names series of ${refId} by ${label}, which they do not have`),
      ),
  ),
  dashboardRule('variables-used', (dashboard) => {
    const text = JSON.stringify(panelsOf(dashboard).map(({ targets }) => targets));
    return (dashboard.templating.list ?? [])
      .filter(({ name }) => !new RegExp(`\\$\\{?${name}\\b`).test(text))
      .map(({ name }) => `has a variable ${name} that no query uses`);
  }),
  dashboardRule('variables-known', (dashboard) => {
    const known = variableNames(dashboard);
    const asked = JSON.stringify([
      panelsOf(dashboard).map(({ targets }) => targets),
      dashboard.annotations,
      dashboard.templating,
      urlsOf(dashboard),
    ]).matchAll(/\$\{?([a-z][a-z_]*)/gi);
    return [...new Set([...asked].map(([, name]) => name ?? ''))]
      .filter((name) => !known.has(name) && !name.startsWith('__'))
      .map((name) => `uses a variable ${name} that it does not have`);
  }),
  dashboardRule('frame', ({ uid, title, description, tags, refresh, timezone, graphTooltip }) => [
    ...(/^bellwether-[a-z]+$/.test(uid ?? '') ? [] : [`has the uid ${uid}`]),
    ...(title && description ? [] : ['lacks title or description']),
    ...(tags?.includes('bellwether') ? [] : ['is not tagged bellwether']),
    ...(seconds(refresh) >= FASTEST_REFRESH_SECONDS
      ? []
      : [`refreshes every ${refresh}, faster than the SDK exports`]),
    ...(timezone === 'browser' ? [] : [`has the time zone ${timezone}`]),
    ...(graphTooltip === 1 ? [] : ['has no shared crosshair']),
  ]),
  dashboardRule('grid', ({ panels }) => overlaps(panels)),
  dashboardRule('alert-thresholds', (dashboard, { alerts }) =>
    alerts
      .filter((alert) => alert.dashboard.uid === dashboard.uid)
      .flatMap(({ name, expr }) => {
        const levels = comparedWith(expr);
        const shown = levelsOf(dashboard);
        return levels.length === 0 ||
          levels.some((level) => shown.some((each) => near(each, level)))
          ? []
          : [
              `has no panel with a level of the alert ${name} that leads to it: ${levels.join(', ')}`,
            ];
      }),
  ),
];

const repeated = <T>(values: readonly T[]): T[] => [
  ...new Set(values.filter((value, i) => values.indexOf(value) !== i)),
];

function urlsOf(dashboard: DashboardJson): string[] {
  const own = (dashboard.links ?? []).filter(({ type }) => type === 'link').map(({ url }) => url);
  const fields = panelsOf(dashboard).flatMap(({ fieldConfig: { defaults, overrides } }) => [
    ...(defaults.links ?? []).map(({ url }) => url),
    ...overrides.flatMap(({ properties }) =>
      properties
        .filter(({ id }) => id === 'links')
        .flatMap(({ value }) => (value as { url: string }[]).map(({ url }) => url)),
    ),
  ]);
  return [...own, ...fields].map((url) => url ?? '');
}

const variableNames = ({ templating }: DashboardJson): ReadonlySet<string> =>
  new Set((templating.list ?? []).map(({ name }) => name));

/** The variables that a link sets or takes along. */
const setBy = (url: string): string[] =>
  [...url.matchAll(/[?&](?:var-([a-z]+)=|\$\{([a-z]+):queryparam\})/g)].map(
    ([, set, kept]) => set ?? kept ?? '',
  );

const UNIT_SECONDS = { s: 1, m: 60, h: 3_600 } as const;
function seconds(duration = ''): number {
  const [, count, unit] = /^(\d+)([smh])$/.exec(duration) ?? [];
  return Number(count) * UNIT_SECONDS[(unit ?? 's') as keyof typeof UNIT_SECONDS];
}

function overlaps(panels: DashboardJson['panels']): string[] {
  const boxes = panels.map(({ title, gridPos }) => ({
    title,
    ...(gridPos ?? { x: 0, y: 0, w: 0, h: 0 }),
  }));
  return boxes.flatMap((a, i) => [
    ...(a.w > 0 && a.h > 0 && a.x >= 0 && a.x + a.w <= 24
      ? []
      : [`places ${a.title} outside of the grid`]),
    ...boxes
      .slice(i + 1)
      .filter((b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h)
      .map((b) => `places ${b.title} over ${a.title}`),
  ]);
}

/** The numbers that an alert compares with. Zero is left out: that something is gone has no level to draw. */
const comparedWith = (expr: string): number[] =>
  [...expr.matchAll(/[<>]=?\s*(?:on \([^)]*\) )?(?:group_left \(\) )?\(*(-?[\d.]+(?:e-?\d+)?)/g)]
    .map(([, number]) => Number(number))
    .filter((number) => number !== 0);

/** The levels of all panels. */
function levelsOf(dashboard: DashboardJson): number[] {
  const steps = ({ fieldConfig: { defaults, overrides } }: PanelJson) => [
    ...(defaults.thresholds?.steps ?? []),
    ...overrides.flatMap(({ properties }) =>
      properties
        .filter(({ id }) => id === 'thresholds')
        .flatMap(({ value }) => (value as { steps: { value: number | null }[] }).steps),
    ),
  ];
  return panelsOf(dashboard)
    .flatMap(steps)
    .flatMap(({ value }) => (value === null ? [] : [value]));
}

const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-8 * Math.max(1, Math.abs(b));
