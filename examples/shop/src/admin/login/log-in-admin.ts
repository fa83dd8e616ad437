import { adminCost, verifyPassword } from '../../accounts/password.ts';
import { HttpProblem } from '../../http/http-problem.ts';
import { meters } from '../../meters.ts';
import type { Services } from '../../services.ts';
import { fromStoredRole } from '../users/admin-user.ts';

/** A hash takes 32 MiB and a thread of libuv's four, which the shop needs as well. */
const atOnce = 2;
const waiting = 8;

export type LoginAnswer =
  | { readonly outcome: 'succeeded'; readonly secret: string }
  | { readonly outcome: 'wrong_credentials' }
  | { readonly outcome: 'locked'; readonly waitSeconds: number };

/**
 * Begins a session for who knows the password. The answer and the time it takes are the same for an account that does not exist,
 * is disabled, or has another password. Attempts are counted without a name and without a tenant: these are our people and not
 * the tenant's customers, and an unknown account has none.
 */
export function createAdminLogin({
  admin: { sessions, limits, audit },
  database,
}: Pick<Services, 'admin' | 'database'>) {
  let open = 0;
  const turns: Array<() => void> = [];

  async function verify(password: string, hash: string): Promise<boolean> {
    if (turns.length >= waiting) {
      throw new HttpProblem(503, 'busy', 'Expected fewer logins at once, got too many; try again');
    }
    if (open >= atOnce) await new Promise<void>((resolve) => turns.push(resolve));
    else open += 1;
    try {
      return await verifyPassword(password, hash, adminCost);
    } finally {
      const next = turns.shift();
      if (next === undefined) open -= 1;
      else next();
    }
  }

  return async function logIn(attempt: {
    readonly email: string;
    readonly password: string;
    readonly address: string;
  }): Promise<LoginAnswer> {
    const waitSeconds = await limits.take(attempt);
    if (waitSeconds > 0) {
      meters.logins.add(1, { outcome: 'locked', method: 'password' });
      return { outcome: 'locked', waitSeconds };
    }
    const user = await database.adminUser.findUnique({ where: { email: attempt.email } });
    const good = await verify(attempt.password, user?.passwordHash ?? '');
    if (user === null || !good || user.disabledAt !== null) {
      meters.logins.add(1, { outcome: 'wrong_credentials', method: 'password' });
      return { outcome: 'wrong_credentials' };
    }
    await limits.giveBack(attempt);
    const { email, tenantId: tenant } = user;
    const role = fromStoredRole(user.role);
    await audit.note({ user: email, role, action: 'log-in' });
    const secret = await sessions.begin({
      userId: user.id,
      email,
      role,
      tenant,
      userChangedAt: user.changedAt.getTime(),
    });
    meters.logins.add(1, { outcome: 'succeeded', method: 'password' });
    return { outcome: 'succeeded', secret };
  };
}
