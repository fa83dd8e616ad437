import type { InstrumentDefinition } from '../catalog/definition.ts';
import { SECONDS } from '../catalog/definition.ts';
import { GaugeCells, SumCells } from '../cells/number-cells.ts';
import { ExplicitCells } from '../histogram/explicit-cells.ts';
import { ExponentialCells } from '../histogram/exponential-cells.ts';

/** Four shapes and no more: V8 keeps a call over four shapes inlined. */
export type InstrumentCells = SumCells | GaugeCells | ExplicitCells | ExponentialCells;

export function createCells(definition: InstrumentDefinition): InstrumentCells {
  const { kind, boundaries, exponential } = definition;
  if (kind === 'gauge') return new GaugeCells();
  if (kind !== 'histogram') return new SumCells();
  return exponential
    ? new ExponentialCells(exponential.maxSize, exponential.maxScale)
    : new ExplicitCells(boundaries ?? SECONDS);
}
