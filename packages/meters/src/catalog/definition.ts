import type { AttributeKinds } from '../attributes/kinds.ts';
import type { CounterObjective, HistogramObjective, InstrumentObjective } from './objective.ts';

/** The four kinds of instrument; an up-down counter may also go down. */
export type InstrumentKind = 'counter' | 'upDownCounter' | 'gauge' | 'histogram';

/** What an instrument was called before. */
export interface RenamedFrom {
  /** Its old OpenTelemetry name; kind and unit were the same. */
  readonly name: string;
  /** The release of your application in which it got its new name: `1.4` or `1.4.0`. */
  readonly since: string;
}

/** What every instrument can say about itself. */
export interface InstrumentOptions<D extends AttributeKinds = AttributeKinds> {
  /** UCUM unit: `s`, `By`, `1`, `{order}`. Default none. Prometheus appends it to the name. */
  readonly unit?: string;
  /** One sentence for the person who reads the metric. Default empty. */
  readonly description?: string;
  /** Declared attributes; default none. */
  readonly attributes?: D;
  /** `false`: points carry no `tenant.id`. Default `true`. */
  readonly tenant?: boolean;
  /**
   * Its name until a release. `bellwether generate` records the series under the old name too, for that one release, so that dashboards and
   * alerts of others have time. Nothing changes at run time. Default none.
   */
  readonly renamedFrom?: RenamedFrom;
}

/** What `counter()` and `upDownCounter()` take besides the name. */
export interface CounterOptions<D extends AttributeKinds = AttributeKinds>
  extends InstrumentOptions<D> {
  /** A promise from which rules and alerts are generated. Default none. */
  readonly objective?: CounterObjective<NoInfer<D>>;
}

/** Base-2 exponential buckets: no boundaries to choose, relative error below 5 % with the defaults. */
export interface ExponentialOptions {
  /** Most buckets of one series, 2 to 160. Default 160. */
  readonly maxSize?: number;
  /** Finest scale, -10 to 20. Default 20. */
  readonly maxScale?: number;
}

/** What `histogram()` takes besides the name. */
export interface HistogramOptions<D extends AttributeKinds = AttributeKinds>
  extends InstrumentOptions<D> {
  /** Increasing upper bounds, inclusive, at most 200 of them, in the unit of the instrument; `[]` keeps count, sum, smallest and largest only. Default: OTel's for seconds. */
  readonly boundaries?: readonly number[];
  /** Exponential buckets instead of `boundaries`. */
  readonly exponential?: ExponentialOptions;
  /** A promise from which rules and alerts are generated. Default none. */
  readonly objective?: HistogramObjective;
}

/** One instrument as data. Made by `counter()` and its siblings; `defineMeters` checks it. */
export interface InstrumentDefinition<
  K extends InstrumentKind = InstrumentKind,
  D extends AttributeKinds = AttributeKinds,
> {
  readonly kind: K;
  readonly name: string;
  readonly unit: string;
  readonly description: string;
  readonly attributes: D;
  readonly tenant: boolean;
  readonly boundaries?: readonly number[];
  readonly exponential?: Required<ExponentialOptions>;
  readonly objective?: InstrumentObjective;
  readonly renamedFrom?: RenamedFrom;
}

type None = Record<never, never>;

function define<K extends InstrumentKind, D extends AttributeKinds>(
  kind: K,
  name: string,
  options: InstrumentOptions<D>,
): InstrumentDefinition<K, D> {
  const { unit = '', description = '', attributes = {} as D, tenant = true } = options;
  const { renamedFrom } = options;
  const definition = { kind, name, unit, description, attributes, tenant };
  return renamedFrom === undefined ? definition : { ...definition, renamedFrom };
}

function promising<const I extends InstrumentDefinition>(
  definition: I,
  objective: InstrumentObjective | undefined,
): I {
  return objective === undefined ? definition : { ...definition, objective };
}

/** A value that only grows: orders placed, bytes sent. `add(n)` with n >= 0. */
export function counter<const D extends AttributeKinds = None>(
  name: string,
  options: CounterOptions<D> = {},
): InstrumentDefinition<'counter', D> {
  return promising(define('counter', name, options), options.objective);
}

/** A value that goes up and down by differences: open carts, sockets. `add(n)`, n may be negative. */
export function upDownCounter<const D extends AttributeKinds = None>(
  name: string,
  options: InstrumentOptions<D> = {},
): InstrumentDefinition<'upDownCounter', D> {
  return define('upDownCounter', name, options);
}

/** A value that is set: stock, MRR. `set(n)`; the last one counts. */
export function gauge<const D extends AttributeKinds = None>(
  name: string,
  options: InstrumentOptions<D> = {},
): InstrumentDefinition<'gauge', D> {
  return define('gauge', name, options);
}

/** Seconds, from 5 ms to 10 s: the boundaries that OpenTelemetry's HTTP conventions advise. */
export const SECONDS: readonly number[] = Object.freeze([
  0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
]);

/** A distribution: durations, sizes. `record(n)` with n >= 0. */
export function histogram<const D extends AttributeKinds = None>(
  name: string,
  options: HistogramOptions<D> = {},
): InstrumentDefinition<'histogram', D> {
  const base = promising(define('histogram', name, options), options.objective);
  const { boundaries, exponential } = options;
  if (exponential === undefined) return { ...base, boundaries: boundaries ?? SECONDS };
  const buckets = { maxSize: exponential.maxSize ?? 160, maxScale: exponential.maxScale ?? 20 };
  return boundaries === undefined
    ? { ...base, exponential: buckets }
    : { ...base, boundaries, exponential: buckets };
}
