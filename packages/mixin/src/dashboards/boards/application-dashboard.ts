import { catalogMetric } from '../../metrics/catalog-metric.ts';
import { http } from '../../metrics/sdk-metrics.ts';
import type { ResolvedSpec } from '../../monitoring-spec.ts';
import { reportedErrors } from '../../queries/business-queries.ts';
import { cacheHitRatio } from '../../queries/cache-queries.ts';
import { dbLatency, poolShare, SYSTEM } from '../../queries/database-queries.ts';
import { activeRequests } from '../../queries/http-queries.ts';
import { panelScope, type QueryScope } from '../../query/query-scope.ts';
import { cacheThresholds } from '../../thresholds/cache-thresholds.ts';
import { databaseThresholds } from '../../thresholds/database-thresholds.ts';
import type { DashboardSource } from '../dashboard-source.ts';
import { folders } from '../folders.ts';
import { dashboard } from '../frame/dashboard.ts';
import { row } from '../frame/layout.ts';
import { dashboardLink } from '../frame/links.ts';
import { barGauge } from '../panels/bar-gauge.ts';
import { query } from '../panels/panel-query.ts';
import { badAbove, badBelow, neutral } from '../panels/panel-thresholds.ts';
import { unit } from '../panels/panel-units.ts';
import { timeSeries } from '../panels/time-series.ts';
import { uids } from '../uids.ts';
import {
  failedStat,
  inProgressStat,
  latencySeries,
  requestsStat,
  slowestStat,
  statusSeries,
} from './http-panels.ts';
import {
  cpuSeries,
  delaySeries,
  gcSeries,
  heapSeries,
  instancesStat,
  memorySeries,
  uptimeStat,
} from './runtime-panels.ts';

import { traces } from './trace-panel.ts';

/** One application on one page: is it up, is it fast, does it have room, and do its helpers work. */
export const applicationDashboard: DashboardSource = {
  uid: uids.application,
  folder: folders.overview,
  build: (spec) => {
    const scope = panelScope(spec.histograms);
    return dashboard(spec, {
      uid: uids.application,
      title: 'Application overview',
      description: 'Is this application up, fast and healthy? Start here when an alert names it.',
      tags: ['overview', 'http', 'node'],
      about: [http.serverDuration],
      links: [
        dashboardLink('API performance', uids.api),
        dashboardLink('Node', uids.node),
        dashboardLink('Database', uids.database),
        dashboardLink('Cache', uids.cache),
        dashboardLink('Tenants', uids.tenant),
      ],
      rows: [
        row('Now', [
          requestsStat(scope),
          failedStat(scope),
          slowestStat(scope),
          inProgressStat(scope),
          instancesStat(scope),
          uptimeStat(scope),
        ]),
        row('Traffic', [statusSeries(scope), latencySeries(scope), traces(scope)]),
        row('Helpers', [
          inProgress(scope),
          databaseTime(scope),
          pool(scope),
          cacheHits(spec, scope),
          errors(spec, scope),
          errorTypes(spec, { ...scope, window: '$__range' }),
        ]),
        row('Processes', [
          delaySeries(scope, 'instance'),
          cpuSeries(scope),
          memorySeries(scope),
          heapSeries(scope),
          gcSeries(scope),
        ]),
      ],
    });
  },
};

const inProgress = (scope: QueryScope) =>
  timeSeries({
    title: 'Requests in progress',
    description: {
      shows: 'Requests that were accepted and not yet answered, by instance.',
      matters: 'A number that only grows means that answers wait for something that does not come.',
      act: 'See what they wait for: connections of the database pool first, then calls to other services.',
    },
    unit: unit.count,
    thresholds: neutral,
    queries: [query(activeRequests(scope, ['instance']), '{{instance}}')],
  });

const databaseTime = (scope: QueryScope) =>
  timeSeries({
    title: 'Time of database operations',
    description: {
      shows: '99th percentile of operations as the application sees them, by database system.',
      matters: 'Most of the time of most requests is spent here.',
      act: 'Open Database, and find the operation and the model that take it.',
    },
    unit: unit.seconds,
    thresholds: badAbove(databaseThresholds.operationP99),
    queries: [query(dbLatency(0.99, scope, [SYSTEM]), '{{db_system_name}}')],
  });

const pool = (scope: QueryScope) =>
  timeSeries({
    title: 'Connections in use',
    description: {
      shows: 'Share of the connections of each pool that are at work.',
      matters: 'Once all are, every further request waits for one.',
      act: 'Look for long transactions first; a bigger pool only helps when the database has room.',
    },
    unit: unit.ratio,
    thresholds: badAbove(databaseThresholds.poolShare),
    queries: [query(poolShare(scope, ['instance']), '{{instance}}')],
  });

function cacheHits(spec: ResolvedSpec, scope: QueryScope) {
  const lookups = catalogMetric(spec, 'cache.lookups');
  return lookups === undefined
    ? undefined
    : timeSeries({
        title: 'Cache hits',
        description: {
          shows: 'Share of lookups that each cache answered.',
          matters: 'What the cache does not answer the database has to.',
          act: 'After a fall, look for evictions, a restart of Redis, or a deployment that changed keys.',
        },
        unit: unit.ratio,
        max: 1,
        thresholds: badBelow(cacheThresholds.hitRatio),
        queries: [query(cacheHitRatio(lookups, scope), '{{cache}}')],
      });
}

function errors(spec: ResolvedSpec, scope: QueryScope) {
  const reported = reportedErrors(spec, scope, { by: ['severity', 'component'], of: 'rate' });
  return reported === undefined
    ? undefined
    : timeSeries({
        title: 'Reported errors',
        description: {
          shows: 'Errors that the application reported a second, by severity and component.',
          matters: 'Not every error is a failed request: jobs and side effects fail in silence.',
          act: 'Take the highest severity first, and read the log lines of that component at that time.',
        },
        unit: unit.countsPerSecond,
        thresholds: neutral,
        queries: [query(reported, '{{severity}} {{component}}')],
      });
}

function errorTypes(spec: ResolvedSpec, whole: QueryScope) {
  const reported = reportedErrors(spec, whole, { by: ['type', 'component'] });
  return reported === undefined
    ? undefined
    : barGauge({
        title: 'Errors by type',
        description: {
          shows: 'Errors reported in the time range, by type and component, the 15 most frequent.',
          matters:
            'A few types make most of the noise; a new one on the list came with a deployment.',
          act: 'Mend the first one or stop reporting it: a list that nobody reads hides the next outage.',
        },
        unit: unit.count,
        decimals: 0,
        thresholds: neutral,
        queries: [query(`topk(15, ${reported})`, '{{type}} in {{component}}', { instant: true })],
        width: 12,
      });
}
