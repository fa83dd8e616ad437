import { AdminError } from '../admin-error.ts';
import type { AuditTrail, NewAuditEntry } from '../audit-trail.ts';

type Entry = Omit<NewAuditEntry, 'action'>;

/**
 * Writes down what somebody is about to do, does it, and writes down what came of it. Without the first entry nothing is done; when the
 * second can't be written what was done stays done, and `onError` is told. Throws ERR_ADMIN_AUDIT, ERR_ADMIN_NO_AUDIT, and what `act` throws.
 */
export async function audited<T>(
  audit: AuditTrail,
  onError: (error: unknown) => void,
  entry: Entry,
  [intent, outcome]: readonly [NewAuditEntry['action'], NewAuditEntry['action']],
  act: () => Promise<{ readonly result: T; readonly detail?: NewAuditEntry['detail'] }>,
): Promise<T> {
  try {
    await audit.append({ ...entry, action: intent });
  } catch (cause) {
    throw auditFailed(cause);
  }
  const write = (action: NewAuditEntry['action'], detail: NewAuditEntry['detail']) =>
    audit.append({ ...entry, action, detail }).catch(onError);
  try {
    const { result, detail } = await act();
    await write(outcome, { ...entry.detail, ...detail });
    return result;
  } catch (error) {
    const code = error instanceof AdminError ? error.code : 'ERR_ADMIN_INTERNAL';
    await write('silence.failed', { ...entry.detail, intended: intent, code });
    throw error;
  }
}

/** What a trail that can't be written or read says to the page. */
export const auditFailed = (cause: unknown): AdminError =>
  cause instanceof AdminError
    ? cause
    : new AdminError(
        'ERR_ADMIN_AUDIT',
        'The audit trail does not work, so nothing was done.',
        'See the log of the application, and try again.',
        { cause, retryAfter: 5 },
      );
