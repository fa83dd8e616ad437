import { redis } from '../metrics/redis-exporter.ts';
import { maxBy } from '../query/aggregation.ts';
import { rate, select, sumBy } from '../query/promql.ts';
import type { QueryScope } from '../query/query-scope.ts';
import { SERVER } from '../query/service-labels.ts';

// Servers are told apart by the exporter that asks them.

type By = readonly string[];

/** 1 while the server answers, 0 while it does not. Nothing while the exporter itself is gone. */
export const redisUp = (scope: QueryScope): string => maxBy(SERVER, select(redis.up, scope));

/** Seconds since the server started. */
export const redisUptime = (scope: QueryScope): string =>
  maxBy(SERVER, select(redis.uptime, scope));

/** Bytes. */
export const redisMemory = (scope: QueryScope): string =>
  sumBy(SERVER, select(redis.memoryUsed, scope));

/** Bytes that the server may use; 0 without a limit. */
export const redisMemoryMax = (scope: QueryScope): string =>
  sumBy(SERVER, select(redis.memoryMax, scope));

/** Share of `maxmemory` in use, 0 to 1; nothing where there is no limit. */
export const redisMemoryShare = (scope: QueryScope): string =>
  `${redisMemory(scope)} / (${redisMemoryMax(scope)} > 0)`;

export const redisClients = (scope: QueryScope): string =>
  sumBy(SERVER, select(redis.clients, scope));
export const redisClientsBlocked = (scope: QueryScope): string =>
  sumBy(SERVER, select(redis.clientsBlocked, scope));
/** Commands a second. */
export const redisOperations = (scope: QueryScope): string =>
  sumBy(SERVER, rate(redis.operations, scope));

/** Commands a second, by command. */
export const redisCommands = (scope: QueryScope, by: By = [...SERVER, 'cmd']): string =>
  sumBy(by, rate(redis.commands, scope));

/** Seconds of a command in the server on average, by command; the network is not part of it. */
export const redisCommandTime = (scope: QueryScope, by: By = [...SERVER, 'cmd']): string =>
  `${sumBy(by, rate(redis.commandTime, scope))} / ${sumBy(by, rate(redis.commands, scope))}`;

/** Share of key lookups that found the key, 0 to 1. */
export const redisHitRatio = (scope: QueryScope): string => {
  const hits = sumBy(SERVER, rate(redis.hits, scope));
  return `${hits} / (${hits} + ${sumBy(SERVER, rate(redis.misses, scope))})`;
};

/** Keys a second that were dropped for lack of memory. */
export const redisEvictions = (scope: QueryScope): string =>
  sumBy(SERVER, rate(redis.evicted, scope));

/** Keys a second whose time was over. */
export const redisExpirations = (scope: QueryScope): string =>
  sumBy(SERVER, rate(redis.expired, scope));

export const redisKeys = (scope: QueryScope): string =>
  sumBy([...SERVER, 'db'], select(redis.keys, scope));

/** Connections a second that were refused because of `maxclients`. */
export const redisRejections = (scope: QueryScope): string =>
  sumBy(SERVER, rate(redis.connectionsRejected, scope));

/** Bytes a second. */
export const redisReceived = (scope: QueryScope): string =>
  sumBy(SERVER, rate(redis.received, scope));
export const redisSent = (scope: QueryScope): string => sumBy(SERVER, rate(redis.sent, scope));
