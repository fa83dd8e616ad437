import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import { burnRate, errorBudgetLeft } from '../../../queries/slo-queries.ts';
import { sloThresholds } from '../../../thresholds/slo-thresholds.ts';
import { dataLink, seriesLabel } from '../../frame/links.ts';
import { barGauge } from '../../panels/bar-gauge.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, badBelow } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { uids } from '../../uids.ts';
import { page, TENANT_CHOSEN, ticketLater } from './slo-scope.ts';

const tenantLinks = () => [
  dataLink('This tenant', uids.tenant, {
    set: { tenant: seriesLabel('tenant_id'), job: seriesLabel('job') },
    keep: ['datasource', 'environment'],
  }),
];

export const tenantBudgets = ({ tenantBudget }: ResolvedSpec) =>
  barGauge({
    title: 'Tenants with least budget left',
    description: {
      shows: `The 15 tenants, of at most ${tenantBudget} with a name, for whom least of the error budget is left.`,
      matters: 'A promise that is kept on average may be broken for one customer all the time.',
      act: 'Click the tenant, find out what they meet, and tell them.',
    },
    unit: unit.ratio,
    max: 1,
    thresholds: badBelow(sloThresholds.errorBudgetLeft),
    queries: [
      query(
        `bottomk(15, ${errorBudgetLeft('slo_tenant', TENANT_CHOSEN)})`,
        '{{tenant_id}} {{slo}}',
        { instant: true },
      ),
    ],
    links: tenantLinks(),
  });

export const tenantBurn = () =>
  timeSeries({
    title: 'Burn rate by tenant',
    description: {
      shows: 'Burn rate over an hour of the 15 tenants for whom it is highest at each moment.',
      matters: 'It finds the outage of one customer that an average over all hides.',
      act: 'One tenant alone: their data or settings. All: follow the objective of the service.',
    },
    unit: unit.plain,
    thresholds: badAbove({ warning: ticketLater.factor, critical: page.factor }),
    queries: [
      query(
        `topk(15, ${burnRate('slo_tenant', page.long, TENANT_CHOSEN)})`,
        '{{tenant_id}} {{slo}}',
      ),
    ],
    width: 16,
    links: tenantLinks(),
  });
