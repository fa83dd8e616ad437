import type { InstrumentKind } from '../catalog/definition.ts';
import type { TenantRef } from '../tenant/tenant-ref.ts';
import { Adder, TenantAdder } from './adder.ts';
import type { Instrument } from './instrument.ts';
import { Recorder, TenantRecorder } from './recorder.ts';
import { Setter, TenantSetter } from './setter.ts';

export type Face = Adder | Setter | Recorder;
export type TenantFace = TenantAdder | TenantSetter | TenantRecorder;

/** The face of an instrument has only the verb of its kind: add, set or record. */
export function faceOf(kind: InstrumentKind, instrument: Instrument): Face {
  if (kind === 'gauge') return new Setter(instrument);
  return kind === 'histogram' ? new Recorder(instrument) : new Adder(instrument);
}

/** The same for one tenant; `ref` is undefined for none. */
export function tenantFaceOf(instrument: Instrument, ref: TenantRef | undefined): TenantFace {
  const { kind } = instrument.definition;
  if (kind === 'gauge') return new TenantSetter(instrument, ref);
  return kind === 'histogram'
    ? new TenantRecorder(instrument, ref)
    : new TenantAdder(instrument, ref);
}
