import { catalogMetric } from '../../../metrics/catalog-metric.ts';
import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import { reportedErrors } from '../../../queries/business-queries.ts';
import { cacheHitRatio } from '../../../queries/cache-queries.ts';
import { dbLatency } from '../../../queries/database-queries.ts';
import { serverTime } from '../../../queries/http-queries.ts';
import { prismaRate } from '../../../queries/prisma-queries.ts';
import type { QueryScope } from '../../../query/query-scope.ts';
import { TENANT } from '../../../query/service-labels.ts';
import { cacheThresholds } from '../../../thresholds/cache-thresholds.ts';
import { databaseThresholds } from '../../../thresholds/database-thresholds.ts';
import { type Row, row } from '../../frame/layout.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, badBelow, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { whenKnown } from '../business/when-known.ts';

/** What the tenant costs: server, database, cache, errors. */
export function tenantDataRow(spec: ResolvedSpec, scope: QueryScope): Row {
  const lookups = catalogMetric(spec, 'cache.lookups');
  return row('What they cost', [
    timeSeries({
      title: 'Server time by tenant',
      description: {
        shows:
          'Requests of each tenant that are under way on average: seconds of server time a second.',
        matters:
          'It is the room that each tenant takes, whether with many requests or with slow ones.',
        act: 'Compare with what they pay; look for the slow route of the one at the top.',
      },
      unit: unit.count,
      thresholds: neutral,
      queries: [query(`topk(15, ${serverTime(scope, [TENANT])})`, '{{tenant_id}}')],
      stack: true,
    }),
    timeSeries({
      title: 'Database operations by tenant',
      description: {
        shows:
          'Operations of Prisma a second, by tenant and action: create, read, update, delete by their own names.',
        matters: 'The database is the part that is hardest to double.',
        act: 'For an action that multiplies, look for a page that asks once for each row.',
      },
      unit: unit.operationsPerSecond,
      thresholds: neutral,
      queries: [
        query(
          `topk(20, ${prismaRate(scope, [TENANT, 'prisma_action'])})`,
          '{{tenant_id}} {{prisma_action}}',
        ),
      ],
    }),
    timeSeries({
      title: 'Database time by tenant',
      description: {
        shows: '99th percentile of database operations, by tenant.',
        matters: 'A tenant with much data meets a missing index first.',
        act: 'Open Database for this tenant, and find the model and the action.',
      },
      unit: unit.seconds,
      thresholds: badAbove(databaseThresholds.operationP99),
      queries: [query(`topk(15, ${dbLatency(0.99, scope, [TENANT])} > 0)`, '{{tenant_id}}')],
    }),
    lookups === undefined
      ? undefined
      : timeSeries({
          title: 'Cache hits by tenant',
          description: {
            shows: 'Share of cache lookups that were answered, by tenant.',
            matters: 'A tenant who never hits the cache makes the database work for every view.',
            act: 'Look whether their keys differ with each request, or expire before they are used.',
          },
          unit: unit.ratio,
          max: 1,
          thresholds: badBelow(cacheThresholds.hitRatio),
          queries: [query(cacheHitRatio(lookups, scope, [TENANT]), '{{tenant_id}}')],
        }),
    whenKnown(reportedErrors(spec, scope, { by: [TENANT, 'severity'], of: 'rate' }), (expr) =>
      timeSeries({
        title: 'Reported errors by tenant',
        description: {
          shows: 'Errors that applications reported a second, by tenant and severity.',
          matters: 'It shows who is hurt by errors that are no failed requests.',
          act: 'Read the log lines with this tenant id at that time.',
        },
        unit: unit.countsPerSecond,
        thresholds: neutral,
        queries: [query(expr, '{{tenant_id}} {{severity}}')],
        width: 24,
      }),
    ),
  ]);
}
