// Hot: the public faces; each only passes a call on and is inlined. Bench: ./record.bench.ts
import type { Attributes } from '@opentelemetry/api';
import type { InstrumentKind } from '../catalog/definition.ts';
import type { Bound, Fixed, OfTenant } from './bound.ts';
import { FixedSum } from './fixed-sum.ts';
import type { Handle, Instrument } from './instrument.ts';

type BoundTarget = Bound | Fixed;

class Adder {
  readonly #target: Instrument;
  constructor(target: Instrument) {
    this.#target = target;
  }
  add(value: number, attributes?: Attributes): void {
    this.#target.record(value, attributes);
  }
  bind(attributes?: Attributes): BoundAdder | FixedSum {
    const handle = this.#target.bind(attributes);
    return handle instanceof FixedSum ? handle : new BoundAdder(handle);
  }
  forTenant(id: string): TenantAdder {
    const view = this.#target.forTenant(id);
    view.face ??= new TenantAdder(view);
    return view.face as TenantAdder;
  }
}

class TenantAdder {
  readonly #target: OfTenant;
  constructor(target: OfTenant) {
    this.#target = target;
  }
  add(value: number, attributes?: Attributes): void {
    this.#target.record(value, attributes);
  }
  bind(attributes?: Attributes): BoundAdder | FixedSum {
    const handle = this.#target.bind(attributes);
    return handle instanceof FixedSum ? handle : new BoundAdder(handle);
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

class Setter {
  readonly #target: Instrument;
  constructor(target: Instrument) {
    this.#target = target;
  }
  set(value: number, attributes?: Attributes): void {
    this.#target.record(value, attributes);
  }
  bind(attributes?: Attributes): BoundSetter {
    return new BoundSetter(unlessSum(this.#target.bind(attributes)));
  }
  forTenant(id: string): TenantSetter {
    const view = this.#target.forTenant(id);
    view.face ??= new TenantSetter(view);
    return view.face as TenantSetter;
  }
}

class TenantSetter {
  readonly #target: OfTenant;
  constructor(target: OfTenant) {
    this.#target = target;
  }
  set(value: number, attributes?: Attributes): void {
    this.#target.record(value, attributes);
  }
  bind(attributes?: Attributes): BoundSetter {
    return new BoundSetter(unlessSum(this.#target.bind(attributes)));
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

class Recorder {
  readonly #target: Instrument;
  constructor(target: Instrument) {
    this.#target = target;
  }
  record(value: number, attributes?: Attributes): void {
    this.#target.record(value, attributes);
  }
  bind(attributes?: Attributes): BoundRecorder {
    return new BoundRecorder(unlessSum(this.#target.bind(attributes)));
  }
  forTenant(id: string): TenantRecorder {
    const view = this.#target.forTenant(id);
    view.face ??= new TenantRecorder(view);
    return view.face as TenantRecorder;
  }
}

class TenantRecorder {
  readonly #target: OfTenant;
  constructor(target: OfTenant) {
    this.#target = target;
  }
  record(value: number, attributes?: Attributes): void {
    this.#target.record(value, attributes);
  }
  bind(attributes?: Attributes): BoundRecorder {
    return new BoundRecorder(unlessSum(this.#target.bind(attributes)));
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

/** Gauges and histograms have no sums. */
function unlessSum(handle: Handle): BoundTarget {
  return handle as BoundTarget;
}

export type Face = Adder | Setter | Recorder;

/** The face of an instrument has only the verb of its kind: add, set or record. */
export function faceOf(kind: InstrumentKind, target: Instrument): Face {
  if (kind === 'gauge') return new Setter(target);
  return kind === 'histogram' ? new Recorder(target) : new Adder(target);
}
