/** What may be asked by name, and the views that show it: the data that `@bellwether/admin` runs on. */
export interface AdminCatalog {
  /** Grows when a server that knows an older form can't read this one. */
  readonly version: 1;
  /** By name. Names are kebab-case. */
  readonly queries: Readonly<Record<string, AdminQuery>>;
  readonly views: readonly AdminView[];
}

/**
 * One question. Templates hold `$window` and `$range`, durations that the server sets, and label matchers
 * `=~"$environment"`, `=~"$service"` and `=~"$route"`, which the server replaces as a whole.
 */
export interface AdminQuery {
  readonly title: string;
  readonly description: string;
  /** UCUM; `1` is a share from 0 to 1, `{currency}` an amount in major units of the currency of the label `currency`. */
  readonly unit: string;
  /** `range` where each moment has its own value, `instant` where one number stands for the whole time range. */
  readonly ask: 'range' | 'instant';
  /** PromQL about everybody; absent where only one tenant at a time makes sense. */
  readonly all?: string;
  /** PromQL about one tenant, to be asked through a proxy that adds `tenant_id` to every selector. Absent: not for tenants. */
  readonly tenant?: string;
  readonly thresholds?: readonly AdminThreshold[];
}

/** A level that an alert compares with too. */
export interface AdminThreshold {
  readonly value: number;
  readonly severity: 'warning' | 'critical';
  /** Which side of it is bad. */
  readonly bad: 'above' | 'below';
}

/** One page of the admin page, with its panels in order. */
export interface AdminView {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly panels: readonly AdminPanel[];
}

/** How a panel of the admin page draws its query. */
export type AdminPanelKind = 'stat' | 'timeseries' | 'heatmap' | 'bar' | 'table' | 'gauge';

/** One query as a view of the admin page shows it. */
export interface AdminPanel {
  /** Unique in its view. */
  readonly id: string;
  /** Name of the query. */
  readonly query: string;
  readonly kind: AdminPanelKind;
  /** How a series is called: text with `{{label}}`. Default: all its labels. */
  readonly legend?: string;
  readonly size?: 'small' | 'wide';
  /** Heading of panels that belong together. */
  readonly group?: string;
  readonly graph?: 'line' | 'area' | 'stacked';
}
