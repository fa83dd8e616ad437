import type { QueryScope } from '../../query/query-scope.ts';

/** Only what belongs to a tenant: health checks and the like have none. */
export const ofTenants = (scope: QueryScope): QueryScope => ({
  ...scope,
  tenant: 'tenant_id!=""',
});
