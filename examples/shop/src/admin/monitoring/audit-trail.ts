import type { Database } from '../../database/database.ts';
import type { Prisma } from '../../generated/prisma/client.ts';

/** Who did what. */
export interface AuditAction {
  readonly user: string;
  readonly role: string;
  readonly action: string;
  readonly target: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface AuditEntry extends AuditAction {
  readonly id: string;
  readonly at: string;
}

/** What was done in the admin area, kept in PostgreSQL, which refuses to change or delete any of it. */
export interface AuditTrail {
  append(action: AuditAction): Promise<void>;
  /** Newest first; `before` is the id of the last one that was read. */
  list(page: {
    readonly before?: string | undefined;
    readonly limit: number;
  }): Promise<AuditEntry[]>;
}

export function createAuditTrail(database: Database): AuditTrail {
  return {
    append: async ({ user, role, action, target, detail }) => {
      await database.adminAuditEntry.create({
        data: { user, role, action, target, detail: detail as Prisma.InputJsonObject },
      });
    },
    list: async ({ before, limit }) => {
      const entries = await database.adminAuditEntry.findMany({
        ...(before !== undefined && { where: { id: { lt: BigInt(before) } } }),
        orderBy: { id: 'desc' },
        take: limit,
      });
      return entries.map(({ id, at, detail, ...rest }) => ({
        ...rest,
        id: id.toString(),
        at: at.toISOString(),
        detail: detail as Record<string, unknown>,
      }));
    },
  };
}
