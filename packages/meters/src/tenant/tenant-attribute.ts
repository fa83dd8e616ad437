/** The one attribute that names a tenant on points, spans and logs; in Prometheus the label `tenant_id`. */
export const TENANT_ATTRIBUTE = 'tenant.id';
