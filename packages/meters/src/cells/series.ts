// Hot: finds the cell of a tenant and a combination. Bench: ../instruments/record.bench.ts
import type { Attributes } from '@opentelemetry/api';
import type { DataPoint } from '../state/metric-data.ts';
import { TENANT_ATTRIBUTE } from '../tenant/tenant-attribute.ts';
import { CellIndex } from './cell-index.ts';
import type { CellStore } from './cell-store.ts';
import { toHrTime } from './hr-time.ts';

const FREE = -1;

/** The series of one instrument: tenant slot and combination of attributes to a cell. */
export class Series {
  readonly #cells: CellStore;
  readonly #now: () => number;
  readonly #index = new CellIndex();
  readonly #free: number[] = [];
  #top = 1;
  #capacity = 16;
  #slot = new Int32Array(16);
  #combination = new Int32Array(16);
  /** By cell: when its series began, in milliseconds since the epoch. */
  starts = new Float64Array(16);
  /** By cell: which series it is, counted from 1 in the order of creation; 0 for a free one. */
  births = new Uint32Array(16);
  /** Series so far, and how many of them are gone. */
  created = 0;
  freed = 0;
  /** Attributes of the points by cell, made at the first collection of objects. */
  readonly #points: (Attributes | undefined)[] = [];

  constructor(cells: CellStore, now: () => number) {
    this.#cells = cells;
    this.#now = now;
    cells.grow(this.#capacity);
  }

  cellAt(slot: number, combination: number): number {
    const cell = this.#index.at(slot, combination);
    return cell !== 0 ? cell : this.#create(slot, combination);
  }

  #create(slot: number, combination: number): number {
    const cell = this.#free.pop() ?? this.#next();
    this.#cells.clear(cell);
    this.#slot[cell] = slot;
    this.#combination[cell] = combination;
    this.starts[cell] = this.#now();
    this.births[cell] = ++this.created;
    this.#index.set(slot, combination, cell);
    return cell;
  }

  #next(): number {
    if (this.#top === this.#capacity) {
      this.#capacity *= 2;
      this.#cells.grow(this.#capacity);
      this.#slot = widen(this.#slot, new Int32Array(this.#capacity));
      this.#combination = widen(this.#combination, new Int32Array(this.#capacity));
      this.starts = widen(this.starts, new Float64Array(this.#capacity));
      this.births = widen(this.births, new Uint32Array(this.#capacity));
    }
    return this.#top++;
  }

  get isEmpty(): boolean {
    return this.#top === 1;
  }

  /** All cells are below. */
  get end(): number {
    return this.#top;
  }

  /** The tenant's slot of a live cell. */
  slotOf(cell: number): number {
    return this.#slot[cell] as number;
  }

  /** The combination of attributes of a live cell. */
  combinationOf(cell: number): number {
    return this.#combination[cell] as number;
  }

  /** A start is always before the end, so that Prometheus sees the zero. */
  startBefore(cell: number, endMs: number): number {
    if ((this.starts[cell] as number) >= endMs) this.starts[cell] = endMs - 1;
    return this.starts[cell] as number;
  }

  /** Live cells, in order of creation but for reused ones. */
  forEach(visit: (cell: number, slot: number, combination: number) => void): void {
    for (let cell = 1; cell < this.#top; cell++) {
      const slot = this.#slot[cell] as number;
      if (slot !== FREE) visit(cell, slot, this.#combination[cell] as number);
    }
  }

  /** One data point per live cell. */
  points<T>(
    endMs: number,
    read: (cell: number) => T,
    attributesOf: (slot: number, combination: number) => Attributes,
  ): DataPoint<T>[] {
    const endTime = toHrTime(endMs);
    const points: DataPoint<T>[] = [];
    this.forEach((cell, slot, combination) => {
      let attributes = this.#points[cell];
      if (attributes === undefined) {
        attributes = attributesOf(slot, combination);
        this.#points[cell] = attributes;
      }
      const startTime = toHrTime(this.startBefore(cell, endMs));
      points.push({ attributes, startTime, endTime, value: read(cell) });
    });
    return points;
  }

  /** The live cells of one slot. */
  forSlot(slot: number, visit: (cell: number, combination: number) => void): void {
    this.#index.forSlot(slot, visit);
  }

  /** Gives the cells of a tenant back, so that a newcomer's series are new series. */
  freeSlot(slot: number): void {
    this.#index.freeSlot(slot, (cell) => this.#release(cell));
  }

  /** Forgets every series, after they were handed to somebody else's SDK. */
  reset(): void {
    this.#index.clear();
    for (let cell = 1; cell < this.#top; cell++) if (this.#slot[cell] !== FREE) this.#release(cell);
  }

  #release(cell: number): void {
    this.#slot[cell] = FREE;
    this.births[cell] = 0;
    this.freed++;
    if (cell < this.#points.length) this.#points[cell] = undefined;
    this.#free.push(cell);
  }
}

/** Attributes of a point: those of the combination and the tenant's name, if it has one. */
export function withTenant(attributes: Attributes, tenant: string | undefined): Attributes {
  return tenant === undefined ? attributes : { ...attributes, [TENANT_ATTRIBUTE]: tenant };
}

function widen<T extends Int32Array | Uint32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
