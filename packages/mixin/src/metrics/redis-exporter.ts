import { scraped } from './metric.ts';

/**
 * What redis_exporter tells, names that 1.45 and later versions share.
 * @see https://github.com/oliver006/redis_exporter
 */
export const redis = {
  up: scraped('redis_up', 'gauge', '1 while the exporter can ask the server'),
  uptime: scraped('redis_uptime_in_seconds', 'gauge', 'Time since the server started'),
  memoryUsed: scraped('redis_memory_used_bytes', 'gauge', 'Memory of data and overhead'),
  memoryMax: scraped('redis_memory_max_bytes', 'gauge', 'maxmemory; 0 is no limit'),
  clients: scraped('redis_connected_clients', 'gauge', 'Connected clients'),
  clientsBlocked: scraped(
    'redis_blocked_clients',
    'gauge',
    'Clients that wait in BLPOP and the like',
  ),
  connectionsRejected: scraped(
    'redis_rejected_connections_total',
    'counter',
    'Connections refused because of maxclients',
  ),
  operations: scraped('redis_commands_processed_total', 'counter', 'Commands processed'),
  commands: scraped('redis_commands_total', 'counter', 'Calls, by command', ['cmd']),
  commandTime: scraped(
    'redis_commands_duration_seconds_total',
    'counter',
    'Time that the server spent, by command',
    ['cmd'],
  ),
  hits: scraped('redis_keyspace_hits_total', 'counter', 'Lookups of keys that were there'),
  misses: scraped('redis_keyspace_misses_total', 'counter', 'Lookups of keys that were not there'),
  evicted: scraped('redis_evicted_keys_total', 'counter', 'Keys dropped for lack of memory'),
  expired: scraped(
    'redis_expired_keys_total',
    'counter',
    'Keys dropped because their time was over',
  ),
  keys: scraped('redis_db_keys', 'gauge', 'Keys, by database', ['db']),
  received: scraped('redis_net_input_bytes_total', 'counter', 'Bytes received'),
  sent: scraped('redis_net_output_bytes_total', 'counter', 'Bytes sent'),
} as const;
