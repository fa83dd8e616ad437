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
export {
  createGrafanaKey,
  type GrafanaKey,
  type GrafanaKeyFiles,
  readGrafanaKey,
} from './grafana/grafana-key.ts';
export type { GrafanaProxyOptions } from './grafana/grafana-options.ts';
export { grafanaProxy } from './grafana/grafana-proxy.ts';
export type { GrafanaRole } from './grafana/sign-grafana-token.ts';
export type { Identity, SuperAdmin, TenantAdmin } from './identity.ts';
export { monitoring } from './monitoring.ts';
export type { MonitoringOptions } from './monitoring-options.ts';
