import { catalogMetric } from '../../metrics/catalog-metric.ts';
import { cacheHitRatio, cacheLookupRate } from '../../queries/cache-queries.ts';
import {
  dbErrorRatio,
  dbLatency,
  dbRate,
  poolConnections,
  poolPending,
  SYSTEM,
} from '../../queries/database-queries.ts';
import {
  postgresCacheHitRatio,
  postgresConnectionShare,
  postgresLongestTransaction,
  postgresSize,
  postgresUp,
} from '../../queries/postgres-queries.ts';
import { prismaBusy, prismaLatency } from '../../queries/prisma-queries.ts';
import {
  redisEvictions,
  redisMemory,
  redisOperations,
  redisUp,
} from '../../queries/redis-queries.ts';
import { cacheThresholds } from '../../thresholds/cache-thresholds.ts';
import { databaseThresholds } from '../../thresholds/database-thresholds.ts';
import { infrastructureThresholds } from '../../thresholds/infrastructure-thresholds.ts';
import { everybody, type Question } from '../question.ts';

const operations = { group: 'Operations', legend: '{{db_system_name}}' } as const;
const postgres = { group: 'PostgreSQL', whom: everybody } as const;
const cache = { group: 'Cache' } as const;
const redis = { group: 'Redis', whom: everybody, legend: '{{instance}}' } as const;
const MODEL = '{{prisma_model}} {{prisma_action}}';

export const databaseQuestions: readonly Question[] = [
  {
    name: 'database-rate',
    title: 'Operations',
    description: 'Operations a second, as the services see them, by kind of database.',
    unit: '{operation}/s',
    kind: 'timeseries',
    ...operations,
    promql: (scope) => dbRate(scope, [SYSTEM]),
  },
  {
    name: 'database-error-ratio',
    title: 'Failed operations',
    description: 'Share of operations that failed; a constraint that refuses counts.',
    unit: '1',
    kind: 'timeseries',
    levels: databaseThresholds.errorRatio,
    ...operations,
    promql: (scope) => dbErrorRatio(scope, [SYSTEM]),
  },
  {
    name: 'database-latency-p99',
    title: 'Time of operations, p99',
    description: 'The time within which 99 % of operations were done.',
    unit: 's',
    kind: 'timeseries',
    levels: databaseThresholds.operationP99,
    ...operations,
    promql: (scope) => dbLatency(0.99, scope, [SYSTEM]),
  },
  {
    name: 'prisma-latency-p95',
    title: 'Slowest models',
    description:
      'The time within which 95 % of the operations of Prisma Client were done, the highest.',
    unit: 's',
    kind: 'table',
    ask: 'instant',
    group: 'Operations',
    legend: MODEL,
    promql: (scope) => `topk(20, ${prismaLatency(0.95, scope)} > 0)`,
  },
  {
    name: 'prisma-busy',
    title: 'Costliest models',
    description: 'Where the most time goes: operations under way on average.',
    unit: '{operation}',
    kind: 'table',
    ask: 'instant',
    group: 'Operations',
    legend: MODEL,
    promql: (scope) => `topk(20, ${prismaBusy(scope)})`,
  },
  {
    name: 'pool-connections',
    title: 'Connections of pools',
    description: 'Connections by state, all processes together.',
    unit: '{connection}',
    kind: 'timeseries',
    legend: '{{db_client_connection_state}}',
    graph: 'stacked',
    group: 'Pools',
    whom: everybody,
    promql: (scope) => poolConnections(scope, ['db_client_connection_state']),
  },
  {
    name: 'pool-pending',
    title: 'Waiting for a connection',
    description: 'Requests that wait for a connection of a pool.',
    unit: '{request}',
    kind: 'timeseries',
    group: 'Pools',
    whom: everybody,
    levels: databaseThresholds.poolPending,
    promql: (scope) => poolPending(scope),
  },
  {
    name: 'postgres-up',
    title: 'PostgreSQL answers',
    description: '1 while the server answers, 0 while it does not.',
    unit: '{server}',
    kind: 'stat',
    legend: '{{instance}}',
    levels: infrastructureThresholds.targetUp,
    bad: 'below',
    ...postgres,
    promql: (scope) => postgresUp(scope),
  },
  {
    name: 'postgres-connection-share',
    title: 'Sessions in use',
    description: 'Share of the sessions that the server allows.',
    unit: '1',
    kind: 'gauge',
    levels: databaseThresholds.connectionShare,
    ...postgres,
    promql: (scope) => postgresConnectionShare(scope),
  },
  {
    name: 'postgres-cache-hit-ratio',
    title: 'Blocks found in cache',
    description: 'Share of blocks that were in the cache of the server, by database.',
    unit: '1',
    kind: 'timeseries',
    legend: '{{datname}}',
    levels: databaseThresholds.cacheHitRatio,
    bad: 'below',
    ...postgres,
    promql: (scope) => postgresCacheHitRatio(scope),
  },
  {
    name: 'postgres-longest-transaction',
    title: 'Oldest transaction',
    description: 'Seconds that the oldest open transaction has been open.',
    unit: 's',
    kind: 'timeseries',
    levels: databaseThresholds.longestTransaction,
    ...postgres,
    promql: (scope) => postgresLongestTransaction(scope),
  },
  {
    name: 'postgres-size',
    title: 'Size',
    description: 'Bytes on disk, by database.',
    unit: 'By',
    kind: 'table',
    legend: '{{datname}}',
    ...postgres,
    promql: (scope) => postgresSize(scope),
  },
  {
    name: 'cache-lookups',
    title: 'Lookups',
    description: 'Lookups of the application in its caches a second.',
    unit: '{lookup}/s',
    kind: 'timeseries',
    legend: '{{cache}}',
    ...cache,
    promql: (scope, _whom, spec) => {
      const lookups = catalogMetric(spec, 'cache.lookups');
      return lookups && cacheLookupRate(lookups, scope);
    },
  },
  {
    name: 'cache-hit-ratio',
    title: 'Hits',
    description: 'Share of lookups that the cache answered.',
    unit: '1',
    kind: 'timeseries',
    legend: '{{cache}}',
    levels: cacheThresholds.hitRatio,
    bad: 'below',
    ...cache,
    promql: (scope, _whom, spec) => {
      const lookups = catalogMetric(spec, 'cache.lookups');
      return lookups && cacheHitRatio(lookups, scope);
    },
  },
  {
    name: 'redis-up',
    title: 'Redis answers',
    description: '1 while the server answers, 0 while it does not.',
    unit: '{server}',
    kind: 'stat',
    levels: infrastructureThresholds.targetUp,
    bad: 'below',
    ...redis,
    promql: (scope) => redisUp(scope),
  },
  {
    name: 'redis-memory',
    title: 'Memory',
    description: 'Bytes that Redis uses.',
    unit: 'By',
    kind: 'timeseries',
    ...redis,
    promql: (scope) => redisMemory(scope),
  },
  {
    name: 'redis-operations',
    title: 'Commands',
    description: 'Commands a second that Redis ran.',
    unit: '{command}/s',
    kind: 'timeseries',
    ...redis,
    promql: (scope) => redisOperations(scope),
  },
  {
    name: 'redis-evictions',
    title: 'Evictions',
    description: 'Keys a second that were dropped for lack of memory.',
    unit: '{key}/s',
    kind: 'timeseries',
    levels: cacheThresholds.evictions,
    ...redis,
    promql: (scope) => redisEvictions(scope),
  },
];
