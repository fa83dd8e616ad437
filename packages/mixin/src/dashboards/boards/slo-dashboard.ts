import type { Metric } from '../../metrics/metric.ts';
import { allSlos } from '../../slo/all-slos.ts';
import { sloRecords } from '../../slo/slo-records.ts';
import type { DashboardSource } from '../dashboard-source.ts';
import { folders } from '../folders.ts';
import { dashboard } from '../frame/dashboard.ts';
import { row } from '../frame/layout.ts';
import { dashboardLink } from '../frame/links.ts';
import { uids } from '../uids.ts';
import { budgetOverTime, budgets } from './slo/budget-panels.ts';
import { badShare, events, fastBurn, slowBurn } from './slo/burn-panels.ts';
import { fastestBurn, leastLeft, mostBroken } from './slo/now-panels.ts';
import { objectives } from './slo/objectives-table.ts';
import { tenantBudgets, tenantBurn } from './slo/tenant-panels.ts';

const recorded = (name: string, tenant: boolean): Metric => ({
  name,
  kind: 'gauge',
  unit: '',
  description: 'Events a second that a promise is about',
  origin: 'service',
  tenant,
  labels: ['slo'],
});

const ofServices = recorded(sloRecords('slo').events, false);

const ofTenants = recorded(sloRecords('slo_tenant').events, true);

/** Every promise: what was said, how it goes, how much may still go wrong. */
export const sloDashboard: DashboardSource = {
  uid: uids.slo,
  folder: folders.services,
  build: (spec) => {
    const slos = allSlos(spec);
    if (slos.length === 0) return undefined;
    const byTenant = slos.some(({ metric }) => metric.tenant);
    return dashboard(spec, {
      uid: uids.slo,
      title: 'SLO',
      description: 'Do we keep what we promised, and how much may still go wrong in these 30 days?',
      tags: ['services', 'slo'],
      about: byTenant ? [ofServices, ofTenants] : [ofServices],
      instances: false,
      variables: [{ name: 'slo', title: 'Objective', label: 'slo', metric: ofServices }],
      from: 'now-6h',
      links: [
        dashboardLink('Services', uids.services),
        dashboardLink('API performance', uids.api),
        dashboardLink('Tenants', uids.tenant),
      ],
      rows: [
        row('Now', [leastLeft(), fastestBurn(), mostBroken()]),
        row('Objectives', [objectives(slos)]),
        row('Error budget', [budgets(), budgetOverTime()]),
        row('Burn rate', [fastBurn(), slowBurn()]),
        row('What it is made of', [events(), badShare()]),
        row('Tenants', byTenant ? [tenantBudgets(spec), tenantBurn()] : []),
      ],
    });
  },
};
