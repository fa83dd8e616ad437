import { AdminError } from './admin-error.ts';

/** What somebody is about to do, or what came of it. */
export interface NewAuditEntry {
  readonly user: string;
  readonly role: 'super-admin' | 'tenant-admin';
  /**
   * `silence.create` and `silence.expire` before it is done; `silence.created`, `silence.expired` and `silence.failed` say what came of it.
   */
  readonly action:
    | 'silence.create'
    | 'silence.created'
    | 'silence.expire'
    | 'silence.expired'
    | 'silence.failed';
  /** What it is done to: an alert, or the id of a silence. At most 200 characters. */
  readonly target: string;
  /** Matchers, minutes, comment, and what else a person wants to know of it. Texts of people: show them as text. */
  readonly detail: Readonly<Record<string, unknown>>;
}

/** An entry as the trail gives it back. */
export interface AuditEntry extends NewAuditEntry {
  /** Grows with time, so that `before` can page. */
  readonly id: string;
  /** When it was appended, ISO 8601, by the clock of the trail. */
  readonly at: string;
}

/** Which entries are asked for: the newest first, `limit` of them. */
export interface AuditPage {
  /** Entries older than this id only. */
  readonly before?: string | undefined;
  /** 1 to 200. */
  readonly limit: number;
}

/**
 * Where it is kept who did what. An action is done only after its entry was appended: when `append` rejects, nothing is done.
 * @example
 * const audit: AuditTrail = { append: (entry) => insert(entry), list: ({ before, limit }) => newest({ before, limit }) };
 */
export interface AuditTrail {
  append(entry: NewAuditEntry): Promise<void>;
  /** Newest first. */
  list(page: AuditPage): Promise<readonly AuditEntry[]>;
}

/** The default: there is none, and so nothing that would have to be kept in one can be done. */
export const noAuditTrail: AuditTrail = {
  append: () => Promise.reject(noAudit()),
  list: () => Promise.reject(noAudit()),
};

const noAudit = () =>
  new AdminError(
    'ERR_ADMIN_NO_AUDIT',
    'No audit trail is configured.',
    'Give monitoring() an `audit`: alerts can be silenced only where it is kept who did it.',
  );
