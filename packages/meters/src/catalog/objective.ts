import type { AttributeKinds, DeclaredValue } from '../attributes/kinds.ts';

/** Events whose every named attribute has one of the listed values. */
export type EventSelection<D extends AttributeKinds = AttributeKinds> = {
  readonly [K in keyof D]?: readonly DeclaredValue<D[K]>[];
};

/** A promise about how many events turn out well, over 30 days. */
export interface AvailabilityObjective<D extends AttributeKinds = AttributeKinds> {
  /** The events that turned out well. */
  readonly good: EventSelection<D>;
  /** The events that the promise is about. Default all of the counter. */
  readonly of?: EventSelection<D>;
  /** Share of good ones among them, as 0.95; above 0 and below 1. */
  readonly target: number;
}

/** A promise about how many recordings are short or small enough, over 30 days. */
export interface LatencyObjective {
  /** In the unit of the histogram; one of its boundaries, because between two of them nothing is known. */
  readonly within: number;
  /** Share of recordings up to `within`, as 0.99; above 0 and below 1. */
  readonly target: number;
}

/** Used when rules are generated; recording costs nothing more. */
export interface CounterObjective<D extends AttributeKinds = AttributeKinds> {
  readonly availability: AvailabilityObjective<D>;
}

/** Used when rules are generated; recording costs nothing more. */
export interface HistogramObjective {
  readonly latency: LatencyObjective;
}

/** A promise of an instrument: of a counter about its events, of a histogram about its recordings. */
export type InstrumentObjective = CounterObjective | HistogramObjective;
