export type { GeneratedFile } from './generated-file.ts';
export type { MonitoringSpec, ServiceObjective } from './monitoring-spec.ts';
