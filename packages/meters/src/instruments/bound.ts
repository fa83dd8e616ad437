// Hot: what bind() returns. Bench: ./record.bench.ts
import type { Attributes } from '@opentelemetry/api';
import { OURS } from '../state/mode.ts';
import type { TenantRef } from '../tenant/tenant-ref.ts';
import type { InstrumentCells } from './create-cells.ts';
import type { Instrument } from './instrument.ts';

/** What the faces of handles pass a value on to. */
export type BoundTarget = Bound | Fixed;

/** Attributes looked up once; the tenant is whoever calls. */
export class Bound {
  readonly #instrument: Instrument;
  readonly #combination: number;
  readonly #attributes: Attributes | undefined;

  constructor(instrument: Instrument, combination: number, attributes: Attributes | undefined) {
    this.#instrument = instrument;
    this.#combination = combination;
    this.#attributes = combination < 0 ? attributes : undefined;
  }

  record(value: number): void {
    const instrument = this.#instrument;
    const combination = this.#combination;
    if (combination < 0) {
      instrument.combinations.of(this.#attributes);
      return;
    }
    if (!instrument.accepts(value)) return;
    const { state } = instrument;
    if (state.mode !== OURS && state.divert(instrument, value, combination, undefined)) return;
    instrument.cells.record(instrument.series.cellAt(state.currentSlot(), combination), value);
  }
}

/** Attributes and tenant are fixed, so the cell is: one comparison and one addition. */
export class Fixed {
  readonly #instrument: Instrument;
  readonly #combination: number;
  readonly #attributes: Attributes | undefined;
  #cells: InstrumentCells;
  readonly #state: Instrument['state'];
  #ref: TenantRef | undefined;
  cell = 0;
  slot = 0;
  /** The cell holds as long as this is the state's: no eviction and no change of mode since. */
  epoch = -1;

  constructor(
    instrument: Instrument,
    combination: number,
    attributes: Attributes | undefined,
    ref: TenantRef | undefined,
  ) {
    this.#instrument = instrument;
    this.#combination = combination;
    this.#attributes = combination < 0 ? attributes : undefined;
    this.#cells = instrument.cells;
    this.#state = instrument.state;
    this.#ref = ref;
  }

  record(value: number): void {
    if (this.epoch !== this.#state.epoch) {
      this.#find(value);
    } else if (this.#instrument.accepts(value)) {
      this.#cells.record(this.cell, value);
      this.#state.tenants.used[this.slot] = 1;
    }
  }

  #find(value: number): void {
    const instrument = this.#instrument;
    const combination = this.#combination;
    if (combination < 0) {
      instrument.combinations.of(this.#attributes);
      return;
    }
    if (!instrument.accepts(value)) return;
    const state = this.#state;
    if (this.#ref !== undefined) this.#ref = state.tenants.refresh(this.#ref);
    if (state.mode !== OURS && state.divert(instrument, value, combination, this.#ref ?? null))
      return;
    this.slot = state.slotOf(this.#ref);
    this.#cells = instrument.cells;
    this.cell = instrument.series.cellAt(this.slot, combination);
    this.#cells.record(this.cell, value);
    this.epoch = state.epochOf(this.slot);
  }
}
