import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import { sampleAge } from '../../../queries/freshness-queries.ts';
import {
  evictedRate,
  foldedRate,
  refusedIdRate,
  refusedRecordingRate,
  tenantsAdmitted,
} from '../../../queries/tenants-queries.ts';
import { orZero } from '../../../query/or-zero.ts';
import { panelScope } from '../../../query/query-scope.ts';
import { tenantsThresholds } from '../../../thresholds/tenants-thresholds.ts';
import { type Row, row } from '../../frame/layout.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';

const JOB = ['job'];

/** What services say about their own measuring. */
export function sourcesRow({ histograms }: ResolvedSpec): Row {
  const scope = panelScope(histograms);
  const present = tenantsAdmitted(scope, JOB);
  return row('Services and tenants', [
    timeSeries({
      title: 'Age of the last sample',
      description: {
        shows: 'Seconds since the last sample of each process that sent one within the last hour.',
        matters:
          'A silent process has no errors on any other dashboard. A few export intervals are normal.',
        act: 'A line that climbs: is the process gone on purpose? If not, see its log for the exporter, then the Collector below.',
      },
      unit: unit.seconds,
      thresholds: neutral,
      queries: [query(sampleAge(scope), '{{job}} {{instance}}')],
    }),
    timeSeries({
      title: 'Tenants with series of their own',
      description: {
        shows: 'Tenants that keep their own name, of the fullest replica, by service.',
        matters: 'At the budget (BELLWETHER_TENANT_BUDGET) further tenants share one line.',
        act: 'Near the budget: raise it, after checking Series in memory below.',
      },
      unit: unit.count,
      thresholds: neutral,
      queries: [query(present, '{{job}}')],
    }),
    timeSeries({
      title: 'Recordings without a tenant of their own',
      description: {
        shows:
          'Recordings a second of tenants beyond the budget: added up under `__other__`, totals stay exact.',
        matters: 'For these customers no dashboard and no alert can tell what happens to them.',
        act: 'Raise BELLWETHER_TENANT_BUDGET, or list the tenants that count.',
      },
      unit: unit.countsPerSecond,
      thresholds: badAbove(tenantsThresholds.foldedRate),
      queries: [query(orZero(foldedRate(scope, JOB), present), '{{job}}')],
    }),
    timeSeries({
      title: 'Tenants that gave their name back',
      description: {
        shows: 'Idle tenants a second that made room for newcomers, by service.',
        matters: 'Many mean that the budget is too small and lines of tenants come and go.',
        act: 'Raise the budget until it is quiet here.',
      },
      unit: unit.countsPerSecond,
      thresholds: neutral,
      queries: [query(orZero(evictedRate(scope, JOB), present), '{{job}}')],
    }),
    timeSeries({
      title: 'Malformed tenant ids',
      description: {
        shows: 'Tenant ids a second that were refused for their form, by service.',
        matters:
          'Either a mistake in the middleware that names the tenant, or somebody who tries things.',
        act: 'Look at what it passes to setTenant; an id from a header without a check is the usual mistake.',
      },
      unit: unit.countsPerSecond,
      thresholds: badAbove(tenantsThresholds.refusedIdRate),
      queries: [query(orZero(refusedIdRate(scope, JOB), present), '{{job}}')],
    }),
    timeSeries({
      title: 'Refused recordings',
      description: {
        shows:
          'Recordings a second that meters refused: an attribute value that was not declared, a bad number; by service.',
        matters: 'What was refused is missing from the business numbers.',
        act: 'The log of the service names the meter and the value once. Declare it in the catalog.',
      },
      unit: unit.countsPerSecond,
      thresholds: badAbove(tenantsThresholds.refusedRecordingRate),
      queries: [query(orZero(refusedRecordingRate(scope, JOB), present), '{{job}}')],
    }),
  ]);
}
