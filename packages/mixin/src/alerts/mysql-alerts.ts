import type { AlertSource } from './alert.ts';
import { mysqlBufferPoolSmall } from './mysql/mysql-buffer-pool-small.ts';
import { mysqlConnectionsHigh } from './mysql/mysql-connections-high.ts';
import { mysqlDown } from './mysql/mysql-down.ts';
import { mysqlReplicaBehind } from './mysql/mysql-replica-behind.ts';
import { mysqlSlowQueriesHigh } from './mysql/mysql-slow-queries.ts';

/** MySQL and MariaDB as their exporter sees them. */
export const mysqlAlerts: readonly AlertSource[] = [
  mysqlDown,
  mysqlConnectionsHigh,
  mysqlReplicaBehind,
  mysqlSlowQueriesHigh,
  mysqlBufferPoolSmall,
];
