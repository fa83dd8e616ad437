import { uids } from '../../dashboards/uids.ts';
import { catalogMetric } from '../../metrics/catalog-metric.ts';
import { limited, limitedShare } from '../../queries/gateway-queries.ts';
import { requestRate } from '../../queries/http-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { SERVICE, TENANT } from '../../query/service-labels.ts';
import { gatewayThresholds } from '../../thresholds/gateway-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, percent, promql, steps } from '../prose.ts';
import { ofTenants } from '../service/of-tenants.ts';
import { replica, series, shop } from '../test-series.ts';

const { limitedShare: limit, comparableLimited } = gatewayThresholds;
const BY = [...SERVICE, TENANT];

export const tenantRateLimited: AlertSource = (spec) => {
  const refused = catalogMetric(spec, 'gateway.requests.limited');
  const passed = catalogMetric(spec, 'gateway.upstream.duration');
  const scope = ofTenants(ruleScope(spec.time('10m'), spec.histograms));
  const look = ruleScope('10m', spec.histograms);
  const one = { ...look, tenant: 'tenant_id="<tenant>"' };
  const share = limitedShare(spec, scope, BY);
  if (refused === undefined || passed === undefined || share === undefined) return undefined;
  const sent = (through: string, not: string) => {
    const labels = { ...replica('shop-1'), tenant_id: 'globex' };
    const answered = { ...labels, upstream: 'orders', outcome: 'answered' };
    return { [series(passed, answered, '_count')]: through, [series(refused, labels)]: not };
  };
  return {
    name: 'TenantRateLimited',
    severity: 'info',
    team: 'service',
    expr: `${share} > ${limit.warning} and ${limited(spec, scope, { by: BY })} >= ${comparableLimited}`,
    for: spec.time('15m'),
    summary:
      '{{ $labels.service_name }} refuses {{ $value | humanizePercentage }} of the requests of {{ $labels.tenant_id }} as too many',
    description:
      'One tenant sends more than its limit, and not only for a moment. Others are protected from it; its own users get 429.',
    dashboard: {
      uid: uids.gateway,
      variables: { 'var-job': 'job', 'var-tenant': 'tenant_id' },
    },
    runbook: {
      symptom: `Over ten minutes, more than ${percent(limit.warning)} of one tenant's requests were refused as too many, at least ${comparableLimited} of them.`,
      meaning:
        'The limit does its work. For this tenant it is an outage of a tenth or more, which they may not have noticed yet.',
      look: blocks(
        'Since when, and is it growth or a loop?',
        promql(
          limited(spec, { ...one, window: '5m' }, { by: [TENANT], of: 'rate' }) ?? '',
          requestRate({ ...one, window: '5m' }, ['http_route']),
        ),
        'A straight line on one route is a loop. A curve that follows the day is growth. From many addresses, with one key: their key is known to others.',
      ),
      mend: steps(
        'A loop of theirs: tell them, with the route and since when.',
        'Growth: raise their limit when the services behind have room for it.',
        'Their key is used by others: give them a new one.',
      ),
    },
    tests: [
      {
        name: 'a quarter of what they send, for half an hour',
        series: sent('0+30x60', '0+10x60'),
        at: '40m',
        fires: [{ ...shop, tenant_id: 'globex' }],
      },
      {
        name: 'a burst of two minutes',
        series: sent('0+60x60', '0x20 0+300x2 600x40'),
        at: '37m',
        fires: [],
      },
      {
        name: 'two of three, and it is one request a minute',
        series: sent('0+1x60', '0+2x60'),
        at: '40m',
        fires: [],
      },
    ],
  };
};
