import type { Metric } from '../metrics/metric.ts';
import type { QueryScope } from '../query/query-scope.ts';

/** A promise with all that is needed to keep an eye on it; rules are made of it, whatever it is about. */
export interface Slo {
  /** Label `slo` of everything about it: `shop-http-availability`. Stable, dashboards and alerts use it. */
  readonly id: string;
  /** Share of good events, 0 to 1. */
  readonly target: number;
  /** What it says, for a person: `99.9 % of requests to shop do not end with 5xx`. */
  readonly promise: string;
  /** The only `service.name` that it is about; without one, whoever emits the metric. */
  readonly service?: string;
  /** What it is measured by. */
  readonly metric: Metric;
  /** Events a second that the promise is about. */
  readonly events: (scope: QueryScope, by: readonly string[]) => string;
  /** Those of them that broke it; zero, not nothing, while there are events. */
  readonly badEvents: (scope: QueryScope, by: readonly string[]) => string;
  /** Raw series for tests of alerts, from what good and bad events add up to in promtool's notation. */
  readonly series: (
    labels: Readonly<Record<string, string>>,
    counts: { readonly good: string; readonly bad: string; readonly all: string },
  ) => Readonly<Record<string, string>>;
}
