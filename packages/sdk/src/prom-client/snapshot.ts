import type { HistogramValue, SummaryValue } from './points.ts';
import type { FamilyKind } from './prom-name.ts';
import type { Series } from './series-history.ts';

export type FamilyValue = number | HistogramValue | SummaryValue;

export interface FamilyPoint {
  readonly series: Series;
  readonly value: FamilyValue;
}

/** One metric at one moment, under the name of a scrape. */
export interface Family {
  readonly name: string;
  readonly help: string;
  readonly kind: FamilyKind;
  readonly points: FamilyPoint[];
  /** Series that were there at the collection before and are there no more. */
  gone: readonly Series[];
}

/** All registries at one moment. */
export interface Snapshot {
  readonly timeMs: number;
  readonly families: readonly Family[];
}

/** The scope under which it leaves. */
export const SCOPE = { name: '@bellwether/sdk/prom-client' } as const;
