import type { Logger } from 'pino';
import { connectRedis } from '../cache/connect-redis.ts';
import type { Database } from '../database/database.ts';
import type { Settings } from '../settings.ts';
import { createLoginLimits, type LoginLimits } from './login/login-limits.ts';
import { type AdminAuditTrail, createAuditTrail } from './monitoring/audit-trail.ts';
import { type AdminSessions, createAdminSessions } from './sessions/admin-sessions.ts';

/** What the admin area keeps: sessions and limits in Redis, over a connection of its own, and the audit trail in PostgreSQL. */
export interface Admin {
  readonly sessions: AdminSessions;
  readonly limits: LoginLimits;
  readonly audit: AdminAuditTrail;
  close(): void;
}

export async function openAdmin(
  { redisUrl }: Pick<Settings, 'redisUrl'>,
  database: Database,
  log: Logger,
): Promise<Admin> {
  const redis = await connectRedis(redisUrl, log, 'nobody can use the admin area');
  return {
    sessions: createAdminSessions(redis),
    limits: createLoginLimits(redis),
    audit: createAuditTrail(database),
    close: () => redis.destroy(),
  };
}
