import type { AuditEntry, AuditTrail, NewAuditEntry } from '@bellwether/admin';
import type { Database } from '../../database/database.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import type { AdminRole } from '../users/admin-user.ts';

/** Who went in and out, beside what the monitoring page does. */
export interface AdminAction {
  readonly user: string;
  readonly role: AdminRole;
  readonly action: 'log-in' | 'log-out';
}

export interface AdminAuditTrail extends AuditTrail {
  note(action: AdminAction): Promise<void>;
}

/**
 * What was done in the admin area, kept in PostgreSQL, which refuses to change or delete any of it. The time is that of the
 * database: replicas need not agree on one.
 */
export function createAuditTrail(database: Database): AdminAuditTrail {
  const append = async ({
    user,
    role,
    action,
    target,
    detail,
  }: Omit<NewAuditEntry, 'at' | 'role' | 'action'> & { role: string; action: string }) => {
    await database.adminAuditEntry.create({
      data: { user, role, action, target, detail: detail as Prisma.InputJsonObject },
    });
  };
  return {
    append,
    note: (done) => append({ ...done, target: 'admin area', detail: {} }),
    list: async ({ before, limit }) => {
      const entries = await database.adminAuditEntry.findMany({
        ...(isId(before) && { where: { id: { lt: BigInt(before) } } }),
        orderBy: { id: 'desc' },
        take: limit,
      });
      return entries.map(
        ({ id, at, ...rest }) =>
          ({ ...rest, id: id.toString(), at: at.toISOString() }) as AuditEntry,
      );
    },
  };
}

const isId = (text: string | undefined): text is string => /^\d{1,18}$/.test(text ?? '');
