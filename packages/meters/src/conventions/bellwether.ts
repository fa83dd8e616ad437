import { oneOf } from '../attributes/kinds.ts';
import { counter, upDownCounter } from '../catalog/definition.ts';
import { REFUSALS } from '../cells/refusal.ts';

/** What this package tells about itself; scope `@bellwether/meters`, without tenant. */
export const bellwetherConventions = {
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
