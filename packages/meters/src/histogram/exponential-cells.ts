// Hot: finds the series object of a cell. Bench: ../instruments/record.bench.ts
import type { CellStore } from '../cells/cell-store.ts';
import type { ExponentialValue } from '../state/metric-data.ts';
import { ExponentialSeries } from './exponential-series.ts';

/** Buckets differ in range and scale by series, so here each has an object of its own. */
export class ExponentialCells implements CellStore {
  readonly #series: (ExponentialSeries | undefined)[] = [undefined];
  readonly #maxSize: number;
  readonly #maxScale: number;

  constructor(maxSize: number, maxScale: number) {
    this.#maxSize = maxSize;
    this.#maxScale = maxScale;
  }

  record(cell: number, value: number): void {
    (this.#series[cell] as ExponentialSeries).record(value);
  }

  grow(): void {}

  clear(cell: number): void {
    this.#series[cell] = new ExponentialSeries(this.#maxSize, this.#maxScale);
  }

  read(cell: number): ExponentialValue {
    return (this.#series[cell] as ExponentialSeries).toValue();
  }
}
