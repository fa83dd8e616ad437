import express, { type Request, type RequestHandler, Router } from 'express';
import { AdminError, badParameter } from '../admin-error.ts';
import { answerCache } from '../ask/answer-cache.ts';
import { readNumber, readParameters } from '../ask/parameters.ts';
import { refuseOtherSites } from '../cross-site.ts';
import { identityOf, type SuperAdmin } from '../identity.ts';
import type { Settings } from '../monitoring-options.ts';
import { type AlertmanagerClient, alertmanagerClient } from './alertmanager-client.ts';
import { audited, auditFailed } from './audited.ts';
import { readSilence } from './read-silence.ts';
import { isForPeople, shownAlert, shownSilence, silencesOf } from './shown-alerts.ts';

/** `alerts`, `silences` and `audit`: what fires, and who silenced it. */
export function alertsApi(settings: Settings): Router {
  const alertmanager = alertmanagerClient(settings);
  const { cacheSeconds, cacheBytes } = settings.limits;
  const cache = answerCache<Buffer>({
    seconds: Math.min(cacheSeconds, 5),
    maxBytes: cacheBytes,
    sizeOf: ({ length }) => length,
  });
  // Part of every key: who silences sees it at once.
  let changes = 0;
  const router = Router({ caseSensitive: true });

  router.get('/alerts', async (request, response) => {
    readParameters(request, []);
    const identity = identityOf(request);
    const tenant = identity.role === 'tenant-admin' ? identity.tenant : undefined;
    const key = JSON.stringify([tenant ?? null, changes]);
    const answer = await cache.get(key, async () =>
      Buffer.from(JSON.stringify(await listAlerts(alertmanager, tenant, settings))),
    );
    response.type('json').send(answer);
  });

  router.post('/silences', mayChange(settings), body, async (request, response) => {
    const { user, role } = superAdminOf(request);
    const { target, minutes, comment } = readSilence(request.body, settings);
    const matchers =
      typeof target === 'string' ? await labelsOfAlert(alertmanager, target) : target;
    const entry = {
      user,
      role,
      target: (typeof target === 'string' ? `alert ${target}` : 'matchers').slice(0, 200),
      detail: { matchers, minutes, comment },
    };
    const actions = ['silence.create', 'silence.created'] as const;
    const id = await audited(settings.audit, settings.onError, entry, actions, async () => {
      const silence = await alertmanager.silence({
        matchers: matchers.map(({ name, value }) => ({
          name,
          value,
          isRegex: false,
          isEqual: true,
        })),
        startsAt: new Date().toISOString(),
        endsAt: new Date(Date.now() + minutes * 60_000).toISOString(),
        createdBy: user,
        comment,
      });
      return { result: silence, detail: { silence } };
    });
    changes += 1;
    response.status(201).json({ id });
  });

  router.delete('/silences/:id', mayChange(settings), async (request, response) => {
    const { user, role } = superAdminOf(request);
    const id = String(request.params.id);
    if (!/^[0-9a-f-]{1,64}$/i.test(id)) throw badParameter('the silence', 'the id of one');
    const entry = { user, role, target: `silence ${id}`, detail: { silence: id } };
    const actions = ['silence.expire', 'silence.expired'] as const;
    await audited(settings.audit, settings.onError, entry, actions, async () => {
      await alertmanager.expire(id);
      return { result: undefined };
    });
    changes += 1;
    response.status(204).end();
  });

  router.get('/audit', async (request, response) => {
    superAdminOf(request);
    const given = readParameters(request, ['before', 'limit']);
    if (given.before !== undefined && !/^[\w.:-]{1,64}$/.test(given.before))
      throw badParameter('before', 'the id of an entry');
    const limit = Math.floor(
      readNumber('limit', given.limit, { least: 1, most: 200, fallback: 50 }),
    );
    const entries = await settings.audit.list({ before: given.before, limit }).catch((cause) => {
      throw auditFailed(cause);
    });
    response.json({ entries });
  });
  return router;
}

const body = express.json({ limit: '16kb', strict: true });

const mayChange =
  (settings: Settings): RequestHandler =>
  async (request, _response, next) => {
    superAdminOf(request);
    await refuseOtherSites(request, settings);
    next();
  };

function superAdminOf(request: Request): SuperAdmin {
  const identity = identityOf(request);
  if (identity.role === 'super-admin') return identity;
  throw new AdminError('ERR_ADMIN_FORBIDDEN', 'Only super admins may do this.', 'Ask one of them.');
}

async function listAlerts(
  alertmanager: AlertmanagerClient,
  tenant: string | undefined,
  { limits }: Settings,
) {
  const [held, silences] = await Promise.all([
    alertmanager.alerts(tenant),
    alertmanager.silences(),
  ]);
  const alerts = held.filter(isForPeople);
  const shown = silencesOf(silences, tenant).map((silence) => shownSilence(silence, tenant));
  return {
    alerts: alerts.slice(0, limits.maxSeries).map(shownAlert),
    silences: shown.slice(0, limits.maxSeries),
    truncated: alerts.length > limits.maxSeries || shown.length > limits.maxSeries,
  };
}

/** All labels of an alert that is held now: no other alert can have the same. */
async function labelsOfAlert(alertmanager: AlertmanagerClient, fingerprint: string) {
  const found = (await alertmanager.alerts(undefined)).find(
    (alert) => alert.fingerprint === fingerprint,
  );
  if (found !== undefined)
    return Object.entries(found.labels).map(([name, value]) => ({ name, value }));
  throw new AdminError(
    'ERR_ADMIN_NOT_FOUND',
    'There is no such alert.',
    'It may have been resolved meanwhile.',
  );
}
