import { SumCells } from '../cells/number-cells.ts';
import type { Instrument } from '../instruments/instrument.ts';
import { OTHER_TENANT } from '../tenant/tenant-ref.ts';

/**
 * Frees an evicted tenant's cells. What an up-down counter still holds (3 open carts) moves to `__other__`: the
 * tenant may come back and take one away, and the total must stay exact. Counters were collected: they end here.
 */
export function carryOver(instrument: Instrument, slot: number): void {
  const { series, cells, definition } = instrument;
  if (definition.kind === 'upDownCounter' && cells instanceof SumCells) {
    const held: [combination: number, value: number][] = [];
    series.forSlot(slot, (cell, combination) => {
      if (cells.read(cell) !== 0) held.push([combination, cells.read(cell)]);
    });
    for (const [combination, value] of held)
      cells.record(series.cellAt(OTHER_TENANT, combination), value);
  }
  series.freeSlot(slot);
}
