// Hot: one number a series, in a slab. Bench: ../instruments/record.bench.ts
import type { CellStore } from './cell-store.ts';

/** The values of counters and up-down counters. */
export class SumCells implements CellStore {
  values = new Float64Array(0);

  record(cell: number, value: number): void {
    const { values } = this;
    values[cell] = (values[cell] as number) + value;
  }

  grow(capacity: number): void {
    this.values = widened(this.values, capacity);
  }

  clear(cell: number): void {
    this.values[cell] = 0;
  }

  read(cell: number): number {
    return this.values[cell] as number;
  }
}

/** The values of gauges: the last one counts. */
export class GaugeCells implements CellStore {
  values = new Float64Array(0);

  record(cell: number, value: number): void {
    this.values[cell] = value;
  }

  grow(capacity: number): void {
    this.values = widened(this.values, capacity);
  }

  clear(cell: number): void {
    this.values[cell] = 0;
  }

  read(cell: number): number {
    return this.values[cell] as number;
  }
}

function widened(values: Float64Array<ArrayBuffer>, capacity: number): Float64Array<ArrayBuffer> {
  const wider = new Float64Array(capacity);
  wider.set(values);
  return wider;
}
