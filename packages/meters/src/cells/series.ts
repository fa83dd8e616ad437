// Hot: finds the cell of a tenant and a combination. Bench: ../instruments/record.bench.ts
import type { Attributes } from '@opentelemetry/api';
import type { DataPoint } from '../state/metric-data.ts';
import { TENANT_ATTRIBUTE } from '../tenant/tenant-attribute.ts';
import type { CellStore } from './cell-store.ts';
import { toHrTime } from './hr-time.ts';

const FREE = -1;

/** The series of one instrument in two levels: tenant slot, then combination of attributes, to a cell. */
export class Series {
  readonly #cells: CellStore;
  readonly #now: () => number;
  readonly #rows: (Int32Array | undefined)[] = [];
  readonly #free: number[] = [];
  #top = 1;
  #capacity = 16;
  #slot = new Int32Array(16);
  #combination = new Int32Array(16);
  #startMs = new Float64Array(16);
  /** Attributes of the points by cell, made at the first collection. */
  #points: (Attributes | undefined)[] = [];

  constructor(cells: CellStore, now: () => number) {
    this.#cells = cells;
    this.#now = now;
    cells.grow(this.#capacity);
  }

  cellAt(slot: number, combination: number): number {
    const row = this.#rows[slot];
    if (row !== undefined && combination < row.length) {
      const cell = row[combination] as number;
      if (cell !== 0) return cell;
    }
    return this.#create(slot, combination);
  }

  #create(slot: number, combination: number): number {
    const cell = this.#free.pop() ?? this.#next();
    this.#cells.clear(cell);
    this.#slot[cell] = slot;
    this.#combination[cell] = combination;
    this.#startMs[cell] = this.#now();
    this.#points[cell] = undefined;
    let row = this.#rows[slot];
    if (row === undefined || combination >= row.length) {
      const wider = new Int32Array(Math.max(4, 2 ** Math.ceil(Math.log2(combination + 1))));
      if (row) wider.set(row);
      while (this.#rows.length < slot) this.#rows.push(undefined);
      this.#rows[slot] = wider;
      row = wider;
    }
    row[combination] = cell;
    return cell;
  }

  #next(): number {
    if (this.#top === this.#capacity) {
      this.#capacity *= 2;
      this.#cells.grow(this.#capacity);
      this.#slot = widen(this.#slot, new Int32Array(this.#capacity));
      this.#combination = widen(this.#combination, new Int32Array(this.#capacity));
      this.#startMs = widen(this.#startMs, new Float64Array(this.#capacity));
    }
    return this.#top++;
  }

  get isEmpty(): boolean {
    return this.#top === 1;
  }

  /** Live cells, in order of creation but for reused ones. */
  forEach(visit: (cell: number, slot: number, combination: number) => void): void {
    for (let cell = 1; cell < this.#top; cell++) {
      const slot = this.#slot[cell] as number;
      if (slot !== FREE) visit(cell, slot, this.#combination[cell] as number);
    }
  }

  /** One data point per live cell. A start is always before the end, so that Prometheus sees the zero. */
  points<T>(
    endMs: number,
    read: (cell: number) => T,
    attributesOf: (slot: number, combination: number) => Attributes,
  ): DataPoint<T>[] {
    const endTime = toHrTime(endMs);
    const points: DataPoint<T>[] = [];
    this.forEach((cell, slot, combination) => {
      if ((this.#startMs[cell] as number) >= endMs) this.#startMs[cell] = endMs - 1;
      let attributes = this.#points[cell];
      if (attributes === undefined) {
        attributes = attributesOf(slot, combination);
        this.#points[cell] = attributes;
      }
      const startTime = toHrTime(this.#startMs[cell] as number);
      points.push({ attributes, startTime, endTime, value: read(cell) });
    });
    return points;
  }

  /** Gives the cells of a tenant back, so that a newcomer's series are new series. */
  freeSlot(slot: number): void {
    const row = this.#rows[slot];
    if (row === undefined) return;
    for (const cell of row) {
      if (cell === 0) continue;
      this.#slot[cell] = FREE;
      this.#points[cell] = undefined;
      this.#free.push(cell);
    }
    this.#rows[slot] = undefined;
  }

  /** Forgets every series, after they were handed to somebody else's SDK. */
  reset(): void {
    for (let slot = 0; slot < this.#rows.length; slot++) this.freeSlot(slot);
  }
}

/** Attributes of a point: those of the combination and the tenant's name, if it has one. */
export function withTenant(attributes: Attributes, tenant: string | undefined): Attributes {
  return tenant === undefined ? attributes : { ...attributes, [TENANT_ATTRIBUTE]: tenant };
}

function widen<T extends Int32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
