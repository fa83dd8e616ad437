import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import {
  redisClients,
  redisClientsBlocked,
  redisCommands,
  redisCommandTime,
  redisEvictions,
  redisExpirations,
  redisHitRatio,
  redisKeys,
  redisMemory,
  redisMemoryMax,
  redisReceived,
  redisRejections,
  redisSent,
  redisUptime,
} from '../../../queries/redis-queries.ts';
import { panelScope } from '../../../query/query-scope.ts';
import { cacheThresholds } from '../../../thresholds/cache-thresholds.ts';
import { type Row, row } from '../../frame/layout.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, badBelow, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';

/** Redis about itself, by redis_exporter. */
export function redisServerRow({ histograms }: ResolvedSpec): Row {
  const scope = panelScope(histograms);
  return row('Redis, by itself', [
    timeSeries({
      title: 'Memory of Redis',
      description: {
        shows:
          'Bytes of data and overhead, and `maxmemory`; a maximum of 0 means that there is none.',
        matters:
          'At the maximum Redis drops keys or refuses writes; without one the machine kills it.',
        act: 'Near the maximum: shorter lives for keys, or more memory. Find the greatest keys with redis-cli --bigkeys.',
      },
      unit: unit.bytes,
      thresholds: neutral,
      queries: [
        query(redisMemory(scope), 'used, {{instance}}'),
        query(redisMemoryMax(scope), 'maximum, {{instance}}'),
      ],
    }),
    timeSeries({
      title: 'Clients',
      description: {
        shows: 'Connected clients, and those that wait in BLPOP and the like.',
        matters:
          'Every replica needs few; a number that only grows is a leak that ends at maxclients.',
        act: 'CLIENT LIST names address and age of each.',
      },
      unit: unit.count,
      thresholds: neutral,
      queries: [
        query(redisClients(scope), 'connected, {{instance}}'),
        query(redisClientsBlocked(scope), 'blocked, {{instance}}'),
      ],
    }),
    timeSeries({
      title: 'Commands by kind',
      description: {
        shows: 'Commands a second that the server worked on, by command, from all clients.',
        matters: 'Redis does one at a time: KEYS or a great DEL stops all others.',
        act: 'Commands that no service sends: find the client with CLIENT LIST.',
      },
      unit: unit.operationsPerSecond,
      thresholds: neutral,
      stack: true,
      queries: [query(redisCommands(scope, ['cmd']), '{{cmd}}')],
    }),
    timeSeries({
      title: 'Time of a command in the server',
      description: {
        shows:
          'Seconds that the server spent on one command on average, by command, without network.',
        matters:
          'Some microseconds are right; a millisecond is a thousand other commands that waited.',
        act: 'SLOWLOG GET 10 shows the arguments of the slow ones.',
      },
      unit: unit.seconds,
      thresholds: neutral,
      queries: [query(redisCommandTime(scope, ['cmd']), '{{cmd}}')],
    }),
    timeSeries({
      title: 'Hit ratio of keys',
      description: {
        shows:
          'Share of lookups of keys that found one, as the server counts them, of all its users.',
        matters: 'Falls for everybody at once after a restart or FLUSHALL.',
        act: 'See Uptime of Redis and Keys dropped; then which cache of the application it is.',
      },
      unit: unit.ratio,
      thresholds: badBelow(cacheThresholds.hitRatio),
      max: 1,
      queries: [query(redisHitRatio(scope), '{{instance}}')],
    }),
    timeSeries({
      title: 'Keys dropped',
      description: {
        shows:
          'Keys a second that were dropped: expired because their time was over, evicted for lack of memory.',
        matters: 'Evicted keys were still wanted: sessions end, caches miss.',
        act: 'Evictions: more memory or shorter lives. Sessions and caches do not belong into one Redis with allkeys eviction.',
      },
      unit: unit.operationsPerSecond,
      thresholds: badAbove(cacheThresholds.evictions),
      queries: [
        query(redisEvictions(scope), 'evicted, {{instance}}'),
        query(redisExpirations(scope), 'expired, {{instance}}'),
      ],
    }),
    timeSeries({
      title: 'Keys',
      description: {
        shows: 'Keys that Redis holds, by database; databases without keys are left out.',
        matters:
          'A number that only grows means keys without a life; a fall to zero that somebody emptied it.',
        act: 'Look for keys without expiry with redis-cli --scan and TTL.',
      },
      unit: unit.count,
      thresholds: neutral,
      queries: [query(`${redisKeys(scope)} > 0`, '{{db}} of {{instance}}')],
    }),
    timeSeries({
      title: 'Network of Redis',
      description: {
        shows: 'Bytes a second received and sent.',
        matters: 'Great values fill the network long before the CPU is busy.',
        act: 'Much sent for few commands: values are too great, store less or compress.',
      },
      unit: unit.bytesPerSecond,
      thresholds: neutral,
      queries: [
        query(redisReceived(scope), 'received, {{instance}}'),
        query(redisSent(scope), 'sent, {{instance}}'),
      ],
    }),
    timeSeries({
      title: 'Refused connections',
      description: {
        shows: 'Connections a second that Redis refused because of maxclients.',
        matters: 'The service behind each has no cache and no sessions.',
        act: 'Find the leak with CLIENT LIST; raise maxclients only after that.',
      },
      unit: unit.countsPerSecond,
      thresholds: badAbove(cacheThresholds.rejections),
      queries: [query(redisRejections(scope), '{{instance}}')],
    }),
    timeSeries({
      title: 'Uptime of Redis',
      description: {
        shows: 'Time since the server started.',
        matters: 'A restart empties what is not saved: caches are cold and sessions may be gone.',
        act: 'Restarts without a deployment: look for the kernel’s out-of-memory killer in dmesg.',
      },
      unit: unit.duration,
      thresholds: neutral,
      queries: [query(redisUptime(scope), '{{instance}}')],
    }),
  ]);
}
