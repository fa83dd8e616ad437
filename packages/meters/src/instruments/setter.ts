// Hot: the public face of gauges. Bench: ./record.bench.ts
import type { Attributes } from '@opentelemetry/api';
import type { GaugeCells } from '../cells/number-cells.ts';
import type { TenantRef } from '../tenant/tenant-ref.ts';
import type { BoundTarget } from './bound.ts';
import type { Instrument } from './instrument.ts';
import { type OneTenant, recordSlowly } from './one-tenant.ts';

export class Setter {
  readonly #target: Instrument;
  constructor(target: Instrument) {
    this.#target = target;
  }
  set(value: number, attributes?: Attributes): void {
    this.#target.record(value, attributes);
  }
  bind(attributes?: Attributes): BoundSetter {
    return new BoundSetter(this.#target.bind(attributes) as BoundTarget);
  }
  forTenant(id: string): TenantSetter {
    const target = this.#target;
    const kept = target.tenants[target.state.tenants.guess.of(id)];
    return (kept !== undefined && kept.id === id ? kept : target.forTenant(id)) as TenantSetter;
  }
}

export class TenantSetter implements OneTenant {
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
  set(value: number, attributes?: Attributes): void {
    const { instrument } = this;
    const { state } = instrument;
    if (this.epoch === state.epoch && Number.isFinite(value)) {
      const combination = instrument.combinations.of(attributes);
      if (combination < 0) return;
      const cell = instrument.series.cellAt(this.slot, combination);
      (instrument.cells as GaugeCells).record(cell, value);
      state.tenants.used[this.slot] = 1;
    } else recordSlowly(this, value, attributes);
  }
  bind(attributes?: Attributes): BoundSetter {
    return new BoundSetter(this.instrument.fixed(attributes, this.ref) as BoundTarget);
  }
}

class BoundSetter {
  readonly #target: BoundTarget;
  constructor(target: BoundTarget) {
    this.#target = target;
  }
  set(value: number): void {
    this.#target.record(value);
  }
}
