import { redis } from '../../metrics/redis-exporter.ts';
import { db } from '../../metrics/sdk-metrics.ts';
import type { DashboardSource } from '../dashboard-source.ts';
import { folders } from '../folders.ts';
import { dashboard } from '../frame/dashboard.ts';
import { dashboardLink } from '../frame/links.ts';
import { uids } from '../uids.ts';
import { cacheRow } from './cache/cache-row.ts';
import { redisClientRow } from './cache/redis-client-row.ts';
import { redisServerRow } from './cache/redis-server-row.ts';

/** Caches as the application counts them, Redis as its clients see it, and as it sees itself. */
export const cacheDashboard: DashboardSource = {
  uid: uids.cache,
  folder: folders.infrastructure,
  build: (spec) =>
    dashboard(spec, {
      uid: uids.cache,
      title: 'Cache and Redis',
      description: 'Does the cache earn its keep, for whom does it not, and does Redis have room?',
      tags: ['cache', 'redis'],
      about: [db.operationDuration, redis.up],
      links: [
        dashboardLink('Database', uids.database),
        dashboardLink('Application overview', uids.application),
        dashboardLink('System and infrastructure', uids.system),
      ],
      rows: [cacheRow(spec), redisClientRow(spec), redisServerRow(spec)],
    }),
};
