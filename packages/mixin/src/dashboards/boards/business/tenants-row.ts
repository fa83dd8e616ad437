import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import { declineRatio } from '../../../queries/business-queries.ts';
import { errorRatio, latency, requestRate } from '../../../queries/http-queries.ts';
import { healthFormula, healthScore } from '../../../queries/tenants-queries.ts';
import { businessThresholds } from '../../../thresholds/business-thresholds.ts';
import { serviceThresholds } from '../../../thresholds/service-thresholds.ts';
import { type Row, row } from '../../frame/layout.ts';
import { cellValue, dataLink } from '../../frame/links.ts';
import { badAbove, badBelow, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { type TableColumn, table } from '../../panels/table.ts';
import { uids } from '../../uids.ts';
import { businessScopes } from './business-scopes.ts';

const BY_TENANT = ['tenant_id'];

/** How well each customer is served. */
export function tenantsRow(spec: ResolvedSpec): Row {
  const { now } = businessScopes(spec);
  const hour = { ...now, window: '1h', tenant: `${now.tenant},tenant_id!=""` };
  const declined = declineRatio(spec, hour, BY_TENANT);
  return row('Tenants', [
    table({
      title: 'Tenant health',
      description: {
        shows: `How well each tenant was served within the last hour, as a score from 0 to 100 %, and what it is made of. The score is the sum of:\n\n${healthFormula}`,
        matters:
          'An average hides the one customer for whom nothing works; this table has a line for each.',
        act: 'Start with the lowest score, click the tenant, and see which of its parts is bad before it writes to support.',
      },
      rows: [
        {
          label: 'tenant_id',
          name: 'Tenant',
          links: [dataLink('Tenant', uids.tenant, { set: { tenant: cellValue } })],
        },
      ],
      columns: [
        {
          name: 'Health',
          expr: healthScore(spec, { ...now, window: '1h' }),
          unit: unit.ratio,
          thresholds: badBelow(businessThresholds.tenantHealth),
        },
        {
          name: 'Requests',
          expr: requestRate(hour, BY_TENANT),
          unit: unit.requestsPerSecond,
          thresholds: neutral,
        },
        {
          name: 'Failed requests',
          expr: errorRatio(hour, BY_TENANT),
          unit: unit.ratio,
          thresholds: badAbove(serviceThresholds.errorRatio),
        },
        {
          name: 'Time to answer, p99',
          expr: latency(0.99, hour, BY_TENANT),
          unit: unit.seconds,
          thresholds: badAbove(serviceThresholds.latencyP99),
        },
        ...declinedColumn(declined),
      ],
      sortBy: 'Requests',
    }),
  ]);
}

const declinedColumn = (declined: string | undefined): TableColumn[] =>
  declined === undefined
    ? []
    : [
        {
          name: 'Declined payments',
          expr: declined,
          unit: unit.ratio,
          thresholds: badAbove(businessThresholds.declineRatio),
        },
      ];
