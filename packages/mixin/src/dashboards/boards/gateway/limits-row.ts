import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import { limited, limitedShare, passedOn } from '../../../queries/gateway-queries.ts';
import { panelScope } from '../../../query/query-scope.ts';
import { TENANT } from '../../../query/service-labels.ts';
import { gatewayThresholds } from '../../../thresholds/gateway-thresholds.ts';
import { type Row, row } from '../../frame/layout.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { whenKnown } from '../business/when-known.ts';

/** Who comes in, and who is held back. */
export function limitsRow(spec: ResolvedSpec): Row {
  const scope = panelScope(spec.histograms);
  return row('Tenants at the gateway', [
    whenKnown(passedOn(spec, scope, { by: [TENANT] }), (expr) =>
      timeSeries({
        title: 'Requests passed on by tenant',
        description: {
          shows: 'Requests a second that got through, by tenant.',
          matters: 'Shows whose load it is before anybody is held back.',
          act: 'One tenant that grows at once: a campaign, a loop of theirs, or somebody with their key.',
        },
        unit: unit.requestsPerSecond,
        thresholds: neutral,
        width: 8,
        stack: true,
        queries: [query(expr, '{{tenant_id}}')],
      }),
    ),
    whenKnown(limited(spec, scope, { by: [TENANT], of: 'rate' }), (expr) =>
      timeSeries({
        title: 'Requests refused as too many',
        description: {
          shows: 'Requests a second that were answered 429, by tenant.',
          matters: 'The limit protects the others, and it is an error for those whom it hits.',
          act: 'A peak is what the limit is for. For hours: talk to the tenant, or raise its limit.',
        },
        unit: unit.requestsPerSecond,
        thresholds: neutral,
        width: 8,
        queries: [query(expr, '{{tenant_id}}')],
      }),
    ),
    whenKnown(limitedShare(spec, scope, [TENANT]), (expr) =>
      timeSeries({
        title: 'Share refused as too many',
        description: {
          shows: 'Share of the requests of each tenant that were answered 429.',
          matters:
            'Above the line the limit is no longer for peaks: that tenant works with errors.',
          act: 'See the runbook of TenantRateLimited: loop, growth or abuse.',
        },
        unit: unit.ratio,
        thresholds: badAbove(gatewayThresholds.limitedShare),
        width: 8,
        max: 1,
        queries: [query(expr, '{{tenant_id}}')],
      }),
    ),
  ]);
}
