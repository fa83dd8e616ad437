import type { InstrumentDefinition } from '../catalog/definition.ts';
import { SECONDS } from '../catalog/definition.ts';
import { GaugeCells, SumCells } from '../cells/number-cells.ts';
import { ExplicitCells } from '../histogram/explicit-cells.ts';
import { ExponentialCells } from '../histogram/exponential-cells.ts';

/** Four shapes and no more: V8 keeps a call over four shapes inlined. */
export type InstrumentCells = SumCells | GaugeCells | HistogramCells;

export type HistogramCells = ExplicitCells | ExponentialCells;

/** Which buckets a histogram gets that does not ask for exponential ones; as OpenTelemetry's default aggregation. */
export type HistogramBuckets = 'explicit' | 'exponential';

const DEFAULT_EXPONENTIAL = { maxSize: 160, maxScale: 20 };

export function createCells(
  definition: InstrumentDefinition,
  buckets: HistogramBuckets,
): InstrumentCells {
  const { kind, boundaries } = definition;
  const exponential =
    definition.exponential ?? (buckets === 'exponential' ? DEFAULT_EXPONENTIAL : undefined);
  if (kind === 'gauge') return new GaugeCells();
  if (kind !== 'histogram') return new SumCells();
  return exponential
    ? new ExponentialCells(exponential.maxSize, exponential.maxScale)
    : new ExplicitCells(boundaries ?? SECONDS);
}
