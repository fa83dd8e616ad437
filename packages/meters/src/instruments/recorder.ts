// Hot: the public face of histograms. Bench: ./record.bench.ts
import type { Attributes } from '@opentelemetry/api';
import type { TenantRef } from '../tenant/tenant-ref.ts';
import type { BoundTarget } from './bound.ts';
import type { HistogramCells } from './create-cells.ts';
import type { Instrument } from './instrument.ts';
import { type OneTenant, recordSlowly } from './one-tenant.ts';

export class Recorder {
  readonly #target: Instrument;
  constructor(target: Instrument) {
    this.#target = target;
  }
  record(value: number, attributes?: Attributes): void {
    this.#target.record(value, attributes);
  }
  bind(attributes?: Attributes): BoundRecorder {
    return new BoundRecorder(this.#target.bind(attributes) as BoundTarget);
  }
  forTenant(id: string): TenantRecorder {
    const target = this.#target;
    const kept = target.tenants[target.state.tenants.guess.of(id)];
    return (kept !== undefined && kept.id === id ? kept : target.forTenant(id)) as TenantRecorder;
  }
}

export class TenantRecorder implements OneTenant {
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
  record(value: number, attributes?: Attributes): void {
    const { instrument } = this;
    const { state } = instrument;
    if (this.epoch === state.epoch && Number.isFinite(value) && value >= 0) {
      const combination = instrument.combinations.of(attributes);
      if (combination < 0) return;
      const cell = instrument.series.cellAt(this.slot, combination);
      (instrument.cells as HistogramCells).record(cell, value);
      state.tenants.used[this.slot] = 1;
    } else recordSlowly(this, value, attributes);
  }
  bind(attributes?: Attributes): BoundRecorder {
    return new BoundRecorder(this.instrument.fixed(attributes, this.ref) as BoundTarget);
  }
}

class BoundRecorder {
  readonly #target: BoundTarget;
  constructor(target: BoundTarget) {
    this.#target = target;
  }
  record(value: number): void {
    this.#target.record(value);
  }
}
