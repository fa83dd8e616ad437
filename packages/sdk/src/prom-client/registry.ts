/**
 * What is asked of a registry of prom-client. Any version from 14 on has it, and several copies of prom-client may run side by side: it is
 * never imported.
 */
export interface PromRegistry {
  getMetricsAsArray(): readonly unknown[];
  /** OpenMetrics appends `_total` to the names of counters. */
  readonly contentType?: string;
}

/** A metric of a registry. */
export interface PromMetric {
  /** Calls `collect()`, and waits for it. */
  get(): Promise<PromAnswer> | PromAnswer;
}

/** What a metric says of itself. */
export interface PromAnswer {
  readonly name: string;
  readonly help: string;
  /** `counter`, `gauge`, `histogram` or `summary`. */
  readonly type: string;
  readonly values: readonly PromValue[];
}

export interface PromValue {
  /** Missing for the metric's own name. */
  readonly metricName?: string;
  readonly labels?: Readonly<Record<string, unknown>>;
  readonly value: number;
}

/** Labels of one series, as they arrive. */
export type PromLabels = Readonly<Record<string, string>>;

export function isPromMetric(value: unknown): value is PromMetric {
  return typeof value === 'object' && value !== null && 'get' in value;
}

/** Throws for what is no answer of prom-client. */
export function checkedAnswer(value: unknown): PromAnswer {
  const answer = value as Partial<PromAnswer> | null | undefined;
  if (typeof answer?.name === 'string' && Array.isArray(answer.values)) return answer as PromAnswer;
  throw new TypeError('its get() gives no name and values');
}

/** What `setDefaultLabels` was told; prom-client has no public way to ask. */
export function defaultLabelsOf(registry: PromRegistry): PromLabels | undefined {
  const { _defaultLabels: labels } = registry as { readonly _defaultLabels?: unknown };
  if (typeof labels !== 'object' || labels === null || Object.keys(labels).length === 0)
    return undefined;
  return textLabels(labels as Readonly<Record<string, unknown>>);
}

export function textLabels(labels: Readonly<Record<string, unknown>>): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const name in labels) texts[name] = String(labels[name]);
  return texts;
}
