/** What may be asked by name, and the views that show it. `bellwether generate` writes one from the meters of an app. */
export interface Catalog {
  readonly version: 1;
  readonly queries: Readonly<Record<string, CatalogQuery>>;
  readonly views: readonly CatalogView[];
}

/** One question, as templates of PromQL that the server fills. */
export interface CatalogQuery {
  readonly title: string;
  readonly description: string;
  /** UCUM; `1` is a share from 0 to 1, `{currency}` an amount in major units of the currency of the label `currency`. */
  readonly unit: string;
  /** `range` where each moment has its own value, `instant` where one number stands for the whole time range. */
  readonly ask: 'range' | 'instant';
  /** About everybody: for super admins. */
  readonly all?: string;
  /** About one tenant, whose label a proxy adds to every selector. */
  readonly tenant?: string;
  readonly thresholds?: readonly CatalogThreshold[];
}

/** A level that an alert compares with too, in the unit of the query. */
export interface CatalogThreshold {
  readonly value: number;
  readonly severity: 'warning' | 'critical';
  /** Which side of it is bad. */
  readonly bad: 'above' | 'below';
}

/** One page of the monitoring page, with its panels in order. */
export interface CatalogView {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly panels: readonly CatalogPanel[];
}

/** One query as a view shows it. */
export interface CatalogPanel {
  readonly id: string;
  /** Name of the query. */
  readonly query: string;
  readonly kind: 'stat' | 'timeseries' | 'heatmap' | 'bar' | 'table' | 'gauge';
  readonly legend?: string;
  readonly size?: 'small' | 'wide';
  readonly group?: string;
  readonly graph?: 'line' | 'area' | 'stacked';
}
