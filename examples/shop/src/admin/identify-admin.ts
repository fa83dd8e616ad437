import type { Request, RequestHandler, Response } from 'express';
import { createDeadline } from '../cache/deadline.ts';
import { HttpProblem } from '../http/http-problem.ts';
import type { Services } from '../services.ts';
import { adminCookies } from './sessions/admin-cookies.ts';
import type { AdminSession } from './sessions/admin-sessions.ts';
import type { AdminRole } from './users/admin-user.ts';

/** Who has logged in. */
export interface AdminIdentity extends Pick<AdminSession, 'email' | 'role' | 'tenant'> {
  /** That of the cookie: form tokens follow from it. */
  readonly secret: string;
}

/** Milliseconds for which a user is believed to be as read. So long a disabled one may go on. */
const believedMs = 30_000;

/**
 * Finds who a request is from, by the cookie alone. The user is read from PostgreSQL again every 30 s; a session of somebody who is
 * disabled, gone, or has a new password or role is over. While PostgreSQL is away what was known holds: this is when one looks
 * at the monitoring.
 */
export function identifyAdmin({
  admin: { sessions },
  database,
  settings,
}: Pick<Services, 'admin' | 'database' | 'settings'>) {
  const cookie = adminCookies(settings).session;
  const inTime = createDeadline();

  return async (request: Request): Promise<AdminIdentity | undefined> => {
    const secret = cookie.read(request);
    const session = secret === undefined ? undefined : await sessions.read(secret);
    if (secret === undefined || session === undefined) return undefined;
    const now = Date.now();
    if (now - session.checkedAt > believedMs) {
      const changedAt = await changedAtOf(session).catch(() => 'unknown' as const);
      if (changedAt !== 'unknown') {
        if (changedAt !== session.userChangedAt) {
          await sessions.end(secret);
          return undefined;
        }
        await sessions.update(secret, { ...session, checkedAt: now });
      }
    }
    const { email, role, tenant } = session;
    return { email, role, tenant, secret };
  };

  async function changedAtOf({ userId }: AdminSession): Promise<number | undefined> {
    const user = await inTime(() =>
      database.adminUser.findUnique({
        where: { id: userId, disabledAt: null },
        select: { changedAt: true },
      }),
    );
    return user?.changedAt.getTime();
  }
}

const identities = new WeakMap<Response, AdminIdentity>();

/**
 * Lets only those through who have logged in. A browser that opens a page is sent to the login form, which brings it back;
 * anything else is a 401.
 */
export function requireAdmin(
  services: Pick<Services, 'admin' | 'database' | 'settings'>,
): RequestHandler {
  const identify = identifyAdmin(services);
  return async (request, response, next) => {
    const identity = await identify(request);
    if (identity !== undefined) {
      identities.set(response, identity);
      next();
    } else if (opensPage(request)) {
      const query = new URLSearchParams({ next: request.originalUrl });
      response.redirect(303, `/admin/login?${query}`);
    } else {
      throw new HttpProblem(401, 'login_required', 'Expected a session, got none; log in again');
    }
  };
}

/** Lets only these roles through, to stand behind `requireAdmin`: 403 for the others. */
export function requireRole(...roles: readonly AdminRole[]): RequestHandler {
  return (_request, response, next) => {
    if (!roles.includes(adminOf(response).role)) {
      throw new HttpProblem(
        403,
        'role_needed',
        `Expected a ${roles.join(' or ')}, got another role`,
      );
    }
    next();
  };
}

/** Throws when the route is not behind `requireAdmin`: a mistake of ours, not of the client. */
export function adminOf(response: Response): AdminIdentity {
  const identity = identities.get(response);
  if (identity === undefined) throw new Error('Expected the route to be behind requireAdmin()');
  return identity;
}

/** Scripts ask for data, and would take a form for it. */
function opensPage(request: Request): boolean {
  const mode = request.get('sec-fetch-mode');
  const navigates = mode === undefined || mode === 'navigate';
  return /^(GET|HEAD)$/.test(request.method) && navigates && request.accepts('html') === 'html';
}
