import type { Services } from '../services.ts';

/** Ends the session: its token is worth nothing from now on, in every replica. */
export async function logOut(
  { database, states }: Pick<Services, 'database' | 'states'>,
  { tenant, sessionId }: { readonly tenant: { readonly id: string }; readonly sessionId: string },
): Promise<void> {
  await database.session.updateMany({
    where: { id: sessionId, endedAt: null },
    data: { endedAt: new Date() },
  });
  states.sessions.changed(tenant.id);
}
