import { oneOf } from '../attributes/kinds.ts';
import { counter, upDownCounter } from '../catalog/definition.ts';
import { REFUSALS } from '../cells/refusal.ts';
import type { Instrument } from '../instruments/instrument.ts';
import type { SharedState } from './shared-state.ts';

/** What this package tells about itself; scope `@bellwether/meters`, without tenant. */
export const OWN_CATALOG = {
  admitted: upDownCounter('bellwether.tenants.admitted', {
    unit: '{tenant}',
    description: 'Tenants that keep their own name on metrics now',
    tenant: false,
  }),
  folded: counter('bellwether.tenants.folded', {
    unit: '{recording}',
    description: 'Recordings of tenants beyond the budget, added up under __other__',
    tenant: false,
  }),
  evicted: counter('bellwether.tenants.evicted', {
    unit: '{tenant}',
    description: 'Idle tenants that gave their name back to a newcomer',
    tenant: false,
  }),
  refusedTenants: counter('bellwether.tenants.refused', {
    unit: '{id}',
    description: 'Malformed tenant ids that were refused',
    tenant: false,
  }),
  refused: counter('bellwether.meters.refused', {
    unit: '{recording}',
    description: 'Recordings that were refused, by reason',
    attributes: { reason: oneOf(...REFUSALS) },
    tenant: false,
  }),
} as const;

export const OWN_SCOPE = { name: '@bellwether/meters', version: undefined } as const;

export type OwnMeters = { readonly [K in keyof typeof OWN_CATALOG]: Instrument };

export function defineOwnMeters(state: SharedState): OwnMeters {
  return {
    admitted: state.instrument(OWN_SCOPE, OWN_CATALOG.admitted),
    folded: state.instrument(OWN_SCOPE, OWN_CATALOG.folded),
    evicted: state.instrument(OWN_SCOPE, OWN_CATALOG.evicted),
    refusedTenants: state.instrument(OWN_SCOPE, OWN_CATALOG.refusedTenants),
    refused: state.instrument(OWN_SCOPE, OWN_CATALOG.refused),
  };
}
