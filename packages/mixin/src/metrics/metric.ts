import type { InstrumentDefinition, InstrumentKind } from '@bellwether/meters';
import { labelName, metricName, type NamedKind } from '@bellwether/meters/prometheus';

/** Who gives a metric its labels: a service that sends OTLP, or a target that Prometheus scrapes. */
export type MetricOrigin = 'service' | 'scraped';

/** A metric as Prometheus knows it. Queries name metrics by these only, so none can be misspelt. */
export interface Metric {
  /** Without `_bucket`, `_count`, `_sum`. */
  readonly name: string;
  /** Its OpenTelemetry name, where it has one. */
  readonly instrument?: string;
  readonly kind: InstrumentKind;
  readonly unit: string;
  readonly description: string;
  readonly origin: MetricOrigin;
  /** Whether its series carry `tenant_id`. */
  readonly tenant: boolean;
  /** Its own labels, beside those of its origin and `tenant_id`. */
  readonly labels: readonly string[];
  /** What it was called before, as Prometheus knows it. */
  readonly renamedFrom?: { readonly name: string; readonly since: string };
  /** Bucket bounds of a classic histogram, in its unit. */
  readonly boundaries?: readonly number[];
}

const NAMED: Readonly<Record<InstrumentKind, NamedKind>> = {
  counter: 'monotonic-sum',
  upDownCounter: 'other-sum',
  gauge: 'gauge',
  histogram: 'histogram',
};

/** What Prometheus makes of an instrument that arrives by OTLP. */
export function metricOf(instrument: InstrumentDefinition): Metric {
  const { name, kind, unit, description, tenant, attributes, boundaries, renamedFrom } = instrument;
  return {
    name: metricName(name, unit, NAMED[kind]),
    instrument: name,
    kind,
    unit,
    description,
    origin: 'service',
    tenant,
    labels: Object.keys(attributes).map(labelName),
    ...(boundaries !== undefined && { boundaries }),
    ...(renamedFrom !== undefined && {
      renamedFrom: {
        name: metricName(renamedFrom.name, unit, NAMED[kind]),
        since: renamedFrom.since,
      },
    }),
  };
}

type Metrics<D> = { readonly [K in keyof D]: Metric };

/** The same for a whole group of definitions, by their keys. */
export function metricsOf<D extends Readonly<Record<string, InstrumentDefinition>>>(
  definitions: D,
): Metrics<D> {
  return Object.fromEntries(
    Object.entries(definitions).map(([key, definition]) => [key, metricOf(definition)]),
  ) as Metrics<D>;
}

/** A metric of a server that Prometheus scrapes: its name is what the server says, suffix and all. */
export function scraped(
  name: string,
  kind: InstrumentKind,
  description: string,
  labels: readonly string[] = [],
): Metric {
  return { name, kind, unit: '', description, origin: 'scraped', tenant: false, labels };
}
