// Hot: the public face of counters and up-down counters. Bench: ./record.bench.ts
import type { Attributes } from '@opentelemetry/api';
import type { SumCells } from '../cells/number-cells.ts';
import type { TenantRef } from '../tenant/tenant-ref.ts';
import type { BoundTarget } from './bound.ts';
import { FixedSum } from './fixed-sum.ts';
import type { Handle, Instrument } from './instrument.ts';
import { type OneTenant, recordSlowly } from './one-tenant.ts';

export class Adder {
  readonly #target: Instrument;
  constructor(target: Instrument) {
    this.#target = target;
  }
  add(value: number, attributes?: Attributes): void {
    this.#target.record(value, attributes);
  }
  bind(attributes?: Attributes): BoundAdder | FixedSum {
    return adderOf(this.#target.bind(attributes));
  }
  forTenant(id: string): TenantAdder {
    const target = this.#target;
    const kept = target.tenants[target.state.tenants.guess.of(id)];
    return (kept !== undefined && kept.id === id ? kept : target.forTenant(id)) as TenantAdder;
  }
}

export class TenantAdder implements OneTenant {
  readonly instrument: Instrument;
  readonly id: string;
  ref: TenantRef | undefined;
  slot = 0;
  epoch = -1;
  constructor(instrument: Instrument, ref: TenantRef | undefined) {
    this.instrument = instrument;
    this.id = ref === undefined ? '' : ref.id;
    this.ref = ref;
  }
  add(value: number, attributes?: Attributes): void {
    const { instrument } = this;
    const { state } = instrument;
    if (this.epoch === state.epoch && Number.isFinite(value) && value >= instrument.lowest) {
      const combination = instrument.combinations.of(attributes);
      if (combination < 0) return;
      const cell = instrument.series.cellAt(this.slot, combination);
      (instrument.cells as SumCells).record(cell, value);
      state.tenants.used[this.slot] = 1;
    } else recordSlowly(this, value, attributes);
  }
  bind(attributes?: Attributes): BoundAdder | FixedSum {
    return adderOf(this.instrument.fixed(attributes, this.ref));
  }
}

class BoundAdder {
  readonly #target: BoundTarget;
  constructor(target: BoundTarget) {
    this.#target = target;
  }
  add(value: number): void {
    this.#target.record(value);
  }
}

function adderOf(handle: Handle): BoundAdder | FixedSum {
  return handle instanceof FixedSum ? handle : new BoundAdder(handle);
}
