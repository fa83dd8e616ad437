import type { ResolvedSpec } from '../monitoring-spec.ts';
import type { Alert, AlertSource } from './alert.ts';
import { backupAlerts } from './backup-alerts.ts';
import { businessAlerts } from './business-alerts.ts';
import { cacheAlerts } from './cache-alerts.ts';
import { containerAlerts } from './container-alerts.ts';
import { databaseAlerts } from './database-alerts.ts';
import { gatewayAlerts } from './gateway-alerts.ts';
import { hostAlerts } from './host-alerts.ts';
import { jobsAlerts } from './jobs-alerts.ts';
import { mysqlAlerts } from './mysql-alerts.ts';
import { pipelineAlerts } from './pipeline-alerts.ts';
import { runtimeAlerts } from './runtime-alerts.ts';
import { serviceAlerts } from './service-alerts.ts';
import { sloAlerts } from './slo-alerts.ts';
import { tenantsAlerts } from './tenants-alerts.ts';

/** An area is a folder of alerts, a file of rules and a file of tests. */
const areas: Readonly<Record<string, readonly AlertSource[]>> = {
  slo: sloAlerts,
  service: serviceAlerts,
  runtime: runtimeAlerts,
  host: hostAlerts,
  container: containerAlerts,
  database: databaseAlerts,
  mysql: mysqlAlerts,
  cache: cacheAlerts,
  gateway: gatewayAlerts,
  jobs: jobsAlerts,
  business: businessAlerts,
  tenants: tenantsAlerts,
  pipeline: pipelineAlerts,
  backup: backupAlerts,
};

/** The alerts of one rule file. */
export interface AlertArea {
  readonly area: string;
  readonly alerts: readonly Alert[];
}

/** The alerts of this spec by area; an area without one is left out. */
export function allAlerts(spec: ResolvedSpec): readonly AlertArea[] {
  return Object.entries(areas)
    .map(([area, sources]) => ({ area, alerts: sources.flatMap((source) => source(spec) ?? []) }))
    .filter(({ alerts }) => alerts.length > 0);
}
