// Hot: one look per recorded call. Bench: ../instruments/record.bench.ts

/** A table of so many places is taken for any instrument; a larger one only when cells fill a sixteenth of it. */
const SMALL_TABLE = 65_536;
const PLACES_PER_CELL = 16;
/** More than the combinations that an instrument has, so that slot and combination make one number. */
const MAX_STRIDE = 2 ** 20;

/**
 * The cell of a tenant's slot and a combination, 0 for none: one flat table, a row of equal length per slot. Where most of it would be
 * empty (each tenant with attribute values of its own) it becomes a map for good, and grows with its cells only.
 */
export class CellIndex {
  #stride = 1;
  #table = new Int32Array(2);
  #sparse: Map<number, number> | undefined;
  /** Beside `#sparse`: the combinations of each slot, so that freeing one does not look at all the others. */
  #combinations = new Map<number, number[]>();
  #cells = 0;

  at(slot: number, combination: number): number {
    const table = this.#table;
    if (combination < this.#stride) {
      const place = slot * this.#stride + combination;
      if (place < table.length) return table[place] as number;
    }
    return this.#sparse?.get(slot * MAX_STRIDE + combination) ?? 0;
  }

  set(slot: number, combination: number, cell: number): void {
    this.#cells++;
    if (this.#sparse === undefined && !this.#holds(slot, combination))
      this.#widen(slot, combination);
    if (this.#sparse === undefined) this.#table[slot * this.#stride + combination] = cell;
    else this.#setSparse(this.#sparse, slot, combination, cell);
  }

  /** Names the cells of one slot. */
  forSlot(slot: number, visit: (cell: number, combination: number) => void): void {
    const first = slot * this.#stride;
    const end = Math.min(first + this.#stride, this.#table.length);
    for (let place = first; place < end; place++) {
      const cell = this.#table[place] as number;
      if (cell !== 0) visit(cell, place - first);
    }
    for (const combination of this.#combinations.get(slot) ?? [])
      visit(this.at(slot, combination), combination);
  }

  /** Takes out the cells of one slot and names each. */
  freeSlot(slot: number, free: (cell: number) => void): void {
    this.forSlot(slot, (cell, combination) => {
      if (this.#sparse === undefined) this.#table[slot * this.#stride + combination] = 0;
      else this.#sparse.delete(slot * MAX_STRIDE + combination);
      this.#cells--;
      free(cell);
    });
    this.#combinations.delete(slot);
  }

  clear(): void {
    this.#stride = 1;
    this.#table = new Int32Array(2);
    this.#sparse = undefined;
    this.#combinations = new Map();
    this.#cells = 0;
  }

  #holds(slot: number, combination: number): boolean {
    return combination < this.#stride && (slot + 1) * this.#stride <= this.#table.length;
  }

  #widen(slot: number, combination: number): void {
    const rows = this.#table.length / this.#stride;
    const stride = Math.max(this.#stride, powerOfTwo(combination + 1));
    const places = Math.max(rows, powerOfTwo(slot + 1)) * stride;
    if (places > Math.max(SMALL_TABLE, this.#cells * PLACES_PER_CELL)) {
      this.#becomeSparse();
      return;
    }
    const wider = new Int32Array(places);
    this.#forEach((row, column, cell) => {
      wider[row * stride + column] = cell;
    });
    this.#table = wider;
    this.#stride = stride;
  }

  #becomeSparse(): void {
    const sparse = new Map<number, number>();
    this.#forEach((row, column, cell) => this.#setSparse(sparse, row, column, cell));
    this.#sparse = sparse;
    this.#stride = 0;
    this.#table = new Int32Array(0);
  }

  #setSparse(sparse: Map<number, number>, slot: number, combination: number, cell: number): void {
    sparse.set(slot * MAX_STRIDE + combination, cell);
    const known = this.#combinations.get(slot);
    if (known === undefined) this.#combinations.set(slot, [combination]);
    else known.push(combination);
  }

  #forEach(visit: (slot: number, combination: number, cell: number) => void): void {
    const stride = this.#stride;
    for (let place = 0; place < this.#table.length; place++) {
      const cell = this.#table[place] as number;
      if (cell !== 0) visit(Math.floor(place / stride), place % stride, cell);
    }
  }
}

function powerOfTwo(atLeast: number): number {
  return 2 ** Math.ceil(Math.log2(atLeast));
}
