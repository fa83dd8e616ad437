export type {
  AdminCatalog,
  AdminPanel,
  AdminPanelKind,
  AdminQuery,
  AdminThreshold,
  AdminView,
} from './admin/admin-catalog.ts';
export { buildAdminCatalog } from './admin/build-admin-catalog.ts';
export type { Alert, AlertTest, Runbook, Severity, Team } from './alerts/alert.ts';
export type { AlertArea } from './alerts/all-alerts.ts';
export { allAlerts } from './alerts/all-alerts.ts';
export { defineMonitoring } from './define-monitoring.ts';
export { generateMonitoring } from './generate-monitoring.ts';
export type { GeneratedFile } from './generated-file.ts';
export type { MonitoringSpec, ResolvedSpec, ServiceObjective } from './monitoring-spec.ts';
export { PARTS, type Part } from './parts/absent-parts.ts';
export type { HistogramFlavour } from './query/query-scope.ts';
export { resolveSpec } from './resolve-spec.ts';
export type { SpecError, SpecErrorCode, SpecProblem } from './spec/spec-error.ts';
