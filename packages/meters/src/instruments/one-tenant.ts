import type { Attributes } from '@opentelemetry/api';
import { OURS } from '../state/mode.ts';
import type { TenantRef } from '../tenant/tenant-ref.ts';
import type { Instrument } from './instrument.ts';

/** What an instrument knows about one tenant: the fields that the faces of verbs.ts carry themselves, to be one object. */
export interface OneTenant {
  readonly instrument: Instrument;
  /** The whole id; empty for no tenant. */
  readonly id: string;
  ref: TenantRef | undefined;
  slot: number;
  /** `slot` holds as long as this is the state's: no eviction and no change of mode since. */
  epoch: number;
}

/** Everything out of the ordinary: no SDK yet or a foreign one, a folded or evicted tenant, a value that is refused. */
export function recordSlowly(
  tenant: OneTenant,
  value: number,
  attributes: Attributes | undefined,
): void {
  const { instrument } = tenant;
  if (!instrument.accepts(value)) return;
  const combination = instrument.combinations.of(attributes);
  if (combination < 0) return;
  const { state } = instrument;
  if (tenant.ref !== undefined) tenant.ref = state.tenants.refresh(tenant.ref);
  if (state.mode !== OURS && state.divert(instrument, value, combination, tenant.ref ?? null))
    return;
  tenant.slot = state.slotOf(tenant.ref);
  instrument.cells.record(instrument.series.cellAt(tenant.slot, combination), value);
  tenant.epoch = state.epochOf(tenant.slot);
}
