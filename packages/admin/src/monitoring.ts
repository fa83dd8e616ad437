import { type Request, type RequestHandler, Router } from 'express';
import { AdminError } from './admin-error.ts';
import { alertsApi } from './alerts/alerts-api.ts';
import { answerErrors } from './answer-errors.ts';
import { prometheusClient } from './ask/prometheus-client.ts';
import { queryApi } from './ask/query-api.ts';
import { identify, identityOf } from './identity.ts';
import { liveApi } from './live/live-api.ts';
import { type MonitoringOptions, readOptions, type Settings } from './monitoring-options.ts';
import { pageApi } from './page/page-api.ts';
import { securityHeaders } from './security-headers.ts';
import { sessionApi } from './session-api.ts';
import { tenantsApi } from './tenants/tenants-api.ts';

/**
 * The monitoring page as a router of Express 5, for any path: super admins see everything, the admin of a tenant sees that
 * tenant, nobody else sees anything. Browsers ask named questions only; every question about one tenant goes through prom-label-proxy,
 * which gets the tenant from this server alone.
 *
 * Overload: so many questions at a time, so many waiting, the next gets 503 and `Retry-After`. Throws a TypeError with ERR_ADMIN_OPTION for
 * options that can't work; at run time it answers with `{ error: { code, message, hint } }`.
 * @example
 * app.use('/admin/monitoring', monitoring({
 *   prometheus: { url: 'http://prometheus:9090' },
 *   tenantPrometheus: { url: 'http://prom-label-proxy:8080' },
 *   authorize: (request) => adminOf(request.session),
 * }));
 */
export function monitoring(options: MonitoringOptions): Router {
  const settings = readOptions(options);
  const prometheus = prometheusClient(settings);
  const router = Router({ caseSensitive: true });
  router.use(securityHeaders, knowWhoAsks(settings), limitUser(settings));
  router.use(
    '/api',
    sessionApi(settings, prometheus),
    queryApi(settings, prometheus),
    tenantsApi(settings, prometheus),
    liveApi(settings, prometheus),
    alertsApi(settings),
  );
  router.use(pageApi(settings));
  router.use(refuseTheRest);
  router.use(answerErrors(settings));
  return router;
}

const knowWhoAsks =
  ({ authorize, tenantPattern }: Settings): RequestHandler =>
  async (request, response, next) => {
    await identify(request, authorize, tenantPattern);
    // Whoever left while it was found out who they are gets nothing: no `close` would come any more to give back what they hold.
    if (!response.closed) next();
  };

/** One user can't take all that there is for everybody. */
function limitUser({ limits }: Settings): RequestHandler {
  const open = new Map<string, number>();
  return (request, response, next) => {
    // Two tenants may call their admins alike.
    const user = JSON.stringify(identityOf(request));
    const now = (open.get(user) ?? 0) + 1;
    if (now > limits.maxPerUser)
      throw new AdminError(
        'ERR_ADMIN_TOO_MANY',
        'You have too many questions open.',
        'Close pages that you do not need.',
        { retryAfter: 2 },
      );
    open.set(user, now);
    response.once('close', () => {
      const left = (open.get(user) ?? 1) - 1;
      if (left === 0) open.delete(user);
      else open.set(user, left);
    });
    next();
  };
}

const refuseTheRest: RequestHandler = (request: Request) => {
  if (request.method !== 'GET' && request.method !== 'HEAD')
    throw new AdminError(
      'ERR_ADMIN_METHOD',
      'This can only be read.',
      'Load the page again: it may be older than the application.',
    );
  throw new AdminError('ERR_ADMIN_NOT_FOUND', 'There is nothing here.', 'Go to the overview.');
};
