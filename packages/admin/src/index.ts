export { AdminError, type AdminErrorCode } from './admin-error.ts';
export {
  type AuditEntry,
  type AuditPage,
  type AuditTrail,
  type NewAuditEntry,
  noAuditTrail,
} from './audit-trail.ts';
export type {
  Catalog,
  CatalogPanel,
  CatalogQuery,
  CatalogThreshold,
  CatalogView,
} from './catalog/catalog.ts';
export type { Identity, SuperAdmin, TenantAdmin } from './identity.ts';
export { monitoring } from './monitoring.ts';
export type { MonitoringOptions } from './monitoring-options.ts';
