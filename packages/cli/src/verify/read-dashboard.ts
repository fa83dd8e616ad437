import { CliError } from '../cli-error.ts';

/** What of a dashboard's JSON asks Prometheus. */
export interface DashboardQueries {
  readonly file: string;
  readonly uid: string;
  readonly title: string;
  readonly variables: readonly DashboardVariable[];
  readonly annotations: readonly { readonly name: string; readonly expr: string }[];
  /** Also those inside of rows; those without queries too (text). */
  readonly panels: readonly PanelQueries[];
}

export interface DashboardVariable {
  readonly name: string;
  readonly type: string;
  /** The query, or the list of a custom variable. */
  readonly query: string;
  readonly regex: string;
  readonly includeAll: boolean;
  readonly multi: boolean;
  /** What All stands for, where it is not the list of all values. */
  readonly allValue: string | undefined;
  readonly current: string | undefined;
}

export interface PanelQueries {
  readonly title: string;
  readonly type: string;
  /** Smallest step, `15s`, where the panel has one. */
  readonly interval: string | undefined;
  readonly queries: readonly {
    readonly refId: string;
    readonly expr: string;
    readonly instant: boolean;
    /** Whether dots that lead to traces are asked for. */
    readonly exemplars: boolean;
  }[];
}

type Json = Readonly<Record<string, unknown>>;

/** Throws ERR_DASHBOARD_FILE for anything that is no dashboard of Grafana's JSON model. */
export function readDashboard(file: string, text: string): DashboardQueries {
  const dashboard = parse(file, text);
  return {
    file,
    uid: words(dashboard.uid),
    title: words(dashboard.title),
    variables: list(object(dashboard.templating).list).map(variable),
    annotations: list(object(dashboard.annotations).list).flatMap(annotation),
    panels: list(dashboard.panels).flatMap(panel),
  };
}

function parse(file: string, text: string): Json {
  let got = 'broken JSON';
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(object(value).panels)) return object(value);
    got = 'JSON without panels';
  } catch {
    // `got` says it.
  }
  throw new CliError(
    'ERR_DASHBOARD_FILE',
    `Expected ${file} to be a dashboard as Grafana exports it, got ${got}.`,
  );
}

function variable(value: Json): DashboardVariable {
  const { query, current } = value;
  const chosen = object(current).value;
  return {
    name: words(value.name),
    type: words(value.type),
    query: typeof query === 'string' ? query : words(object(query).query ?? value.definition),
    regex: words(value.regex),
    includeAll: value.includeAll === true,
    multi: value.multi === true,
    allValue: typeof value.allValue === 'string' ? value.allValue : undefined,
    current: typeof chosen === 'string' ? chosen : undefined,
  };
}

function annotation(value: Json): { name: string; expr: string }[] {
  const expr = words(value.expr) || words(object(value.target).expr);
  return expr === '' ? [] : [{ name: words(value.name), expr }];
}

function panel(value: Json): PanelQueries[] {
  if (value.type === 'row') return list(value.panels).flatMap(panel);
  const queries = list(value.targets)
    .filter(({ expr }) => typeof expr === 'string' && expr !== '')
    .map((target) => ({
      refId: words(target.refId),
      expr: words(target.expr),
      instant: target.instant === true && target.range !== true,
      exemplars: target.exemplar === true,
    }));
  const interval = words(value.interval);
  return [
    {
      title: words(value.title),
      type: words(value.type),
      interval: interval === '' ? undefined : interval,
      queries,
    },
  ];
}

const words = (value: unknown): string => (typeof value === 'string' ? value : '');
const list = (value: unknown): Json[] => (Array.isArray(value) ? value.map(object) : []);
const object = (value: unknown): Json =>
  typeof value === 'object' && value !== null ? (value as Json) : {};
