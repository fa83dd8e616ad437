import type { Attributes } from '@opentelemetry/api';
import type { InstrumentDefinition } from '../catalog/definition.ts';
import { GaugeCells, SumCells } from '../cells/number-cells.ts';
import type { Series } from '../cells/series.ts';
import { ExplicitCells } from '../histogram/explicit-cells.ts';
import type { Instrument, MeterScope } from '../instruments/instrument.ts';
import type { ExponentialValue } from './metric-data.ts';
import type { SharedState } from './shared-state.ts';

/**
 * The values of an instrument by cell, as they are now: growth replaces the arrays, so take them anew in every turn of the
 * event loop. A row of `slab` is count, sum, min, max, then one count per bucket.
 */
export type MeasuredCells =
  | { readonly kind: 'sum' | 'gauge'; readonly cells: { readonly values: Float64Array } }
  | {
      readonly kind: 'explicit';
      readonly cells: {
        readonly boundaries: Float64Array;
        readonly stride: number;
        readonly slab: Float64Array;
      };
    }
  | { readonly kind: 'exponential'; readonly cells: { read(cell: number): ExponentialValue } };

/** The series of one instrument by cell. Cells below `end` with a birth are live. */
export type MeasuredSeries = Pick<Series, 'births' | 'created' | 'freed' | 'end' | 'startBefore'>;

/** One instrument with its cells, for an exporter that writes points without making an object of each. */
export type MeasuredInstrument = MeasuredCells & {
  readonly scope: MeterScope;
  readonly definition: InstrumentDefinition;
  /** The same object for as long as the instrument keeps its cells. */
  readonly series: MeasuredSeries;
  /** The attributes of a live cell's points without the tenant: one object for all cells with the same ones. */
  attributesOf(cell: number): Attributes;
  /** The value of `tenant.id` of a live cell's points, if they have one. */
  tenantOf(cell: number): string | undefined;
};

export function measuredInstruments(state: SharedState): MeasuredInstrument[] {
  const { labels } = state.tenants;
  return Array.from(state.registry.all(), (instrument) => {
    const { scope, definition, series, combinations } = instrument;
    return {
      ...measuredCells(instrument),
      ...{ scope, definition, series },
      attributesOf: (cell) => combinations.attributesOf(series.combinationOf(cell)),
      tenantOf: (cell) => labels[series.slotOf(cell)],
    };
  });
}

function measuredCells({ cells }: Instrument): MeasuredCells {
  if (cells instanceof SumCells) return { kind: 'sum', cells };
  if (cells instanceof GaugeCells) return { kind: 'gauge', cells };
  if (cells instanceof ExplicitCells) return { kind: 'explicit', cells };
  return { kind: 'exponential', cells };
}
