// Hot: one object per series of an exponential histogram. Bench: ../instruments/record.bench.ts
import type { ExponentialValue } from '../state/metric-data.ts';
import { exponentialIndex } from './exponential-index.ts';

type Counts = Uint16Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

/** What a narrow count holds. */
const NARROW = 2 ** 16 - 1;

/**
 * Counts of one series. Bucket `index` lies at `index mod capacity`, so growing at either end moves nothing. Counts are narrow until one of
 * them is full: thousands of series then fit into the processor's cache.
 */
export class ExponentialSeries {
  readonly #maxSize: number;
  #scale: number;
  #counts: Counts = new Uint16Array(8);
  #start = 0;
  #end = -1;
  #count = 0;
  #zeroCount = 0;
  #sum = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;

  constructor(maxSize: number, maxScale: number) {
    this.#maxSize = maxSize;
    this.#scale = maxScale;
  }

  /** Takes a finite value of at least 0. */
  record(value: number): void {
    this.#count++;
    if (value < this.#min) this.#min = value;
    if (value > this.#max) this.#max = value;
    if (value === 0) {
      this.#zeroCount++;
      return;
    }
    this.#sum += value;
    let index = exponentialIndex(value, this.#scale);
    if (this.#end < this.#start) {
      this.#start = index;
      this.#end = index;
    } else if (index < this.#start || index > this.#end) {
      index = this.#widen(index, value);
    }
    const counts = this.#counts;
    const slot = mod(index, counts.length);
    const count = counts[slot] as number;
    if (count === NARROW) this.#countsUpTo(count + 1)[slot] = count + 1;
    else counts[slot] = count + 1;
  }

  /** Makes room for `index`, at a coarser scale if the range would exceed maxSize. */
  #widen(index: number, value: number): number {
    let low = Math.min(index, this.#start);
    let high = Math.max(index, this.#end);
    let change = 0;
    while (high - low >= this.#maxSize) {
      high >>= 1;
      low >>= 1;
      change++;
    }
    if (change > 0) {
      this.#scale -= change;
      this.#move(this.#counts.length, change);
      return this.#widenAtScale(exponentialIndex(value, this.#scale));
    }
    return this.#widenAtScale(index);
  }

  #widenAtScale(index: number): number {
    const low = Math.min(index, this.#start);
    const high = Math.max(index, this.#end);
    let capacity = this.#counts.length;
    while (capacity <= high - low) capacity *= 2;
    if (capacity > this.#counts.length) this.#move(capacity, 0);
    this.#start = low;
    this.#end = high;
    return index;
  }

  #move(capacity: number, change: number): void {
    const before = this.#counts;
    let counts: Counts =
      before instanceof Uint16Array ? new Uint16Array(capacity) : new Float64Array(capacity);
    this.#counts = counts;
    for (let index = this.#start; index <= this.#end; index++) {
      const slot = mod(index >> change, capacity);
      const count = (counts[slot] as number) + (before[mod(index, before.length)] as number);
      counts = this.#countsUpTo(count);
      counts[slot] = count;
    }
    this.#start >>= change;
    this.#end >>= change;
  }

  /** The counts, made wide when a narrow one does not hold `count`. */
  #countsUpTo(count: number): Counts {
    if (count > NARROW && this.#counts instanceof Uint16Array)
      this.#counts = Float64Array.from(this.#counts);
    return this.#counts;
  }

  /** A copy: recordings go on while an exporter reads it. */
  toValue(): ExponentialValue {
    const bucketCounts: number[] = [];
    for (let index = this.#start; index <= this.#end; index++)
      bucketCounts.push(this.#counts[mod(index, this.#counts.length)] as number);
    return {
      min: this.#min,
      max: this.#max,
      sum: this.#sum,
      count: this.#count,
      zeroCount: this.#zeroCount,
      scale: this.#count === this.#zeroCount ? 0 : this.#scale,
      positive: { offset: this.#start, bucketCounts },
      negative: { offset: 0, bucketCounts: [] },
    };
  }
}

/** `capacity` is a power of two, so the mask is a modulo for negative indexes too. */
function mod(index: number, capacity: number): number {
  return index & (capacity - 1);
}
