// Hot: a slab of explicit-bucket histograms. Bench: ../instruments/record.bench.ts
import type { CellStore } from '../cells/cell-store.ts';
import type { ExplicitValue } from '../state/metric-data.ts';

const COUNT = 0;
const SUM = 1;
const MIN = 2;
const MAX = 3;
const BUCKETS = 4;

/** Each series is a row of the slab: count, sum, min, max, then one count per bucket. */
export class ExplicitCells implements CellStore {
  readonly boundaries: Float64Array;
  /** Numbers a row. */
  readonly stride: number;
  slab: Float64Array;

  constructor(boundaries: readonly number[]) {
    this.boundaries = Float64Array.from(boundaries);
    this.stride = BUCKETS + boundaries.length + 1;
    this.slab = new Float64Array(0);
    this.grow(4);
  }

  record(cell: number, value: number): void {
    const slab = this.slab;
    const row = cell * this.stride;
    slab[row + COUNT] = (slab[row + COUNT] as number) + 1;
    slab[row + SUM] = (slab[row + SUM] as number) + value;
    if (value < (slab[row + MIN] as number)) slab[row + MIN] = value;
    if (value > (slab[row + MAX] as number)) slab[row + MAX] = value;
    const bucket = row + BUCKETS + this.#bucketOf(value);
    slab[bucket] = (slab[bucket] as number) + 1;
  }

  /** The first boundary that is not below the value: bounds are inclusive, as OpenTelemetry says. */
  #bucketOf(value: number): number {
    const { boundaries } = this;
    let low = 0;
    let high = boundaries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((boundaries[middle] as number) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  grow(capacity: number): void {
    const slab = new Float64Array(capacity * this.stride);
    const cells = this.slab.length / this.stride;
    slab.set(this.slab);
    this.slab = slab;
    for (let cell = cells; cell < capacity; cell++) this.clear(cell);
  }

  clear(cell: number): void {
    const row = cell * this.stride;
    this.slab.fill(0, row, row + this.stride);
    this.slab[row + MIN] = Number.POSITIVE_INFINITY;
    this.slab[row + MAX] = Number.NEGATIVE_INFINITY;
  }

  /** A copy: recordings go on while an exporter reads it. */
  read(cell: number): ExplicitValue {
    const row = cell * this.stride;
    const slab = this.slab;
    return {
      min: slab[row + MIN] as number,
      max: slab[row + MAX] as number,
      sum: slab[row + SUM] as number,
      count: slab[row + COUNT] as number,
      buckets: {
        boundaries: Array.from(this.boundaries),
        counts: Array.from(slab.subarray(row + BUCKETS, row + this.stride)),
      },
    };
  }
}
