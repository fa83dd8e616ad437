import type { AlertSource } from './alert.ts';
import { databaseErrorRatioHigh } from './database/database-error-ratio-high.ts';
import { databasePoolWaiting } from './database/database-pool-waiting.ts';
import { databaseSlow } from './database/database-slow.ts';
import { postgresConnectionsGrowing } from './database/postgres-connections-growing.ts';
import { postgresConnectionsHigh } from './database/postgres-connections-high.ts';
import { postgresDeadlocked } from './database/postgres-deadlocks.ts';
import { postgresDown } from './database/postgres-down.ts';

/** Databases as services see them, and PostgreSQL as its exporter sees it. */
export const databaseAlerts: readonly AlertSource[] = [
  postgresDown,
  databaseSlow,
  databaseErrorRatioHigh,
  databasePoolWaiting,
  postgresConnectionsHigh,
  postgresConnectionsGrowing,
  postgresDeadlocked,
];
