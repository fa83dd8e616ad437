import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import {
  evictedRate,
  foldedRate,
  refusedIdRate,
  refusedRecordingRate,
  tenantsAdmitted,
} from '../../../queries/tenants-queries.ts';
import { orZero } from '../../../query/or-zero.ts';
import type { QueryScope } from '../../../query/query-scope.ts';
import { tenantsThresholds } from '../../../thresholds/tenants-thresholds.ts';
import { type Row, row } from '../../frame/layout.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { stat } from '../../panels/stat.ts';
import { timeSeries } from '../../panels/time-series.ts';

/** How many tenants keep a name of their own. */
export function tenantBudgetRow({ tenantBudget }: ResolvedSpec, scope: QueryScope): Row {
  /** What was never counted has no series: zero as long as the SDK reports at all. */
  const seen = (rate: string) => orZero(rate, tenantsAdmitted(scope));
  return row('Names of tenants', [
    stat({
      title: 'Tenants with a name',
      description: {
        shows: `Tenants that keep their own name on metrics, on the instance with most; the budget is ${tenantBudget}.`,
        matters:
          'Beyond the budget tenants are added up as `__other__`, and can not be told apart.',
        act: 'Raise `BELLWETHER_TENANT_BUDGET` before it is full, and see what that costs in series.',
      },
      unit: unit.count,
      thresholds: badAbove({ warning: 0.8 * tenantBudget, critical: tenantBudget }),
      queries: [query(tenantsAdmitted(scope), 'Tenants')],
      height: 8,
    }),
    timeSeries({
      title: 'Recordings without a name',
      description: {
        shows:
          'Recordings a second that were added up under `__other__`, and tenants a second that gave their name back.',
        matters: 'Totals stay right, but these tenants have no line of their own and no alert.',
        act: 'Raise the budget, or list the tenants that matter in `BELLWETHER_TENANT_ALLOW_LIST`.',
      },
      unit: unit.countsPerSecond,
      thresholds: badAbove(tenantsThresholds.foldedRate),
      queries: [
        query(seen(foldedRate(scope)), 'added up'),
        query(seen(evictedRate(scope)), 'names given back'),
      ],
      width: 10,
    }),
    timeSeries({
      title: 'Refused ids and recordings',
      description: {
        shows: 'Malformed tenant ids a second, and recordings a second that meters refused.',
        matters: 'What is refused is missing from every number on this dashboard.',
        act: 'The log has one line for each reason, with the value; mend the code that recorded it.',
      },
      unit: unit.countsPerSecond,
      thresholds: badAbove(tenantsThresholds.refusedIdRate),
      queries: [
        query(seen(refusedIdRate(scope)), 'tenant ids'),
        query(seen(refusedRecordingRate(scope)), 'recordings'),
      ],
      width: 10,
    }),
  ]);
}
