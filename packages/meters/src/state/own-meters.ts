import { bellwetherConventions as OWN_CATALOG } from '../conventions/bellwether.ts';
import type { Instrument } from '../instruments/instrument.ts';
import type { SharedState } from './shared-state.ts';

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
