import type { MonitoringSpec } from '@bellwether/mixin';

/** What somebody wants to run, and for how long it is kept. */
export interface Fleet {
  readonly services: number;
  /** Processes of each service. */
  readonly replicas: number;
  readonly tenants: number;
  /** Routes of each service. */
  readonly routes: number;
  /** Tenants that keep their own name in a process; the others add up under one more. */
  readonly tenantBudget: number;
  /** Seconds between two exports of a process. */
  readonly exportSeconds: number;
  /** Seconds between two scrapes, and evaluations of rules that say no other. */
  readonly scrapeSeconds: number;
  readonly retentionSeconds: number;
  readonly spec: MonitoringSpec;
}

/** Values of `tenant_id` that a process has. */
export const tenantSeries = ({ tenants, tenantBudget }: Fleet): number =>
  tenants <= tenantBudget ? tenants : tenantBudget + 1;

export const processes = ({ services, replicas }: Fleet): number => services * replicas;
