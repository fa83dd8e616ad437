import { randomUUID } from 'node:crypto';
import { commit } from '../database/commit.ts';
import { slowDown } from '../faults/inject-faults.ts';
import { unauthorized } from '../http/http-problem.ts';
import { meters } from '../meters.ts';
import type { Services } from '../services.ts';
import { issueToken, sessionSeconds } from '../tenants/session-token.ts';
import { verifyPassword } from './password.ts';

/** A token for a customer who knows the password. Every attempt is written down, and counted when it is. */
export async function logIn(
  {
    database,
    faults,
    settings,
    states,
  }: Pick<Services, 'database' | 'faults' | 'settings' | 'states'>,
  tenantId: string,
  { email, password }: { readonly email: string; readonly password: string },
) {
  const customer = await database.customer.findUnique({
    where: { tenantId_email: { tenantId, email } },
    select: { id: true, passwordHash: true },
  });
  const good = await verifyPassword(password, customer?.passwordHash ?? '');
  const outcome = good ? 'succeeded' : 'wrong_credentials';
  const sessionId = randomUUID();
  await commit(database, async (tx, onCommit) => {
    await slowDown(tx, faults);
    await tx.loginAttempt.create({ data: { tenantId, customerId: customer?.id ?? null, outcome } });
    if (customer !== null && good) {
      const expiresAt = new Date(Date.now() + sessionSeconds * 1_000);
      const session = { id: sessionId, tenantId, customerId: customer.id, expiresAt };
      await tx.session.create({ data: session });
    }
    onCommit(() => {
      meters.logins.add(1, { outcome, method: 'password' });
      if (good) states.sessions.changed(tenantId);
    });
  });
  if (customer === null || !good) {
    throw unauthorized('login_failed', 'Expected the e-mail address and password of a customer');
  }
  const token = await issueToken(settings.jwtSecret, {
    tenantId,
    customerId: customer.id,
    sessionId,
  });
  return { token, expiresInSeconds: sessionSeconds };
}
