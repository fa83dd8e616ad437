// Hot: the public faces; each only passes a call on and is inlined. Bench: ./record.bench.ts
import type { Attributes } from '@opentelemetry/api';
import type { InstrumentKind } from '../catalog/definition.ts';
import type { Bound, Fixed, OfTenant } from './bound.ts';
import { FixedSum } from './fixed-sum.ts';
import type { Handle, Instrument } from './instrument.ts';

type Target = Instrument | OfTenant;
type BoundTarget = Bound | Fixed;

class Adder {
  readonly #target: Target;
  constructor(target: Target) {
    this.#target = target;
  }
  add(value: number, attributes?: Attributes): void {
    this.#target.record(value, attributes);
  }
  bind(attributes?: Attributes): BoundAdder | FixedSum {
    const handle = this.#target.bind(attributes);
    return handle instanceof FixedSum ? handle : new BoundAdder(handle);
  }
  forTenant(id: string): Adder {
    return new Adder(tenantView(this.#target, id));
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
  readonly #target: Target;
  constructor(target: Target) {
    this.#target = target;
  }
  set(value: number, attributes?: Attributes): void {
    this.#target.record(value, attributes);
  }
  bind(attributes?: Attributes): BoundSetter {
    return new BoundSetter(unlessSum(this.#target.bind(attributes)));
  }
  forTenant(id: string): Setter {
    return new Setter(tenantView(this.#target, id));
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
  readonly #target: Target;
  constructor(target: Target) {
    this.#target = target;
  }
  record(value: number, attributes?: Attributes): void {
    this.#target.record(value, attributes);
  }
  bind(attributes?: Attributes): BoundRecorder {
    return new BoundRecorder(unlessSum(this.#target.bind(attributes)));
  }
  forTenant(id: string): Recorder {
    return new Recorder(tenantView(this.#target, id));
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

function tenantView(target: Target, id: string): Target {
  return 'forTenant' in target ? target.forTenant(id) : target;
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
