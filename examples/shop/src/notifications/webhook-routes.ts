import { type ErrorRequestHandler, Router } from 'express';
import { commit } from '../database/commit.ts';
import { HttpProblem } from '../http/http-problem.ts';
import { inTime } from './in-time.ts';
import { limitInWork } from './limit-in-work.ts';
import { notificationMeters } from './notification-meters.ts';
import type { NotificationServices } from './notification-services.ts';
import { webhookBodyReader } from './read-webhook-body.ts';
import { recordAlerts } from './record-alerts.ts';
import { requireToken } from './require-token.ts';
import { readWebhook } from './webhook-payload.ts';

/** Webhooks that wait for their turn, each a socket and nothing more. */
const mostWaiting = 500;
const mostInTransaction = 10_000;
/** Seconds for one transaction: a database that hangs is away as well. */
const patience = 20;

/**
 * POST /api/v1/alerts and /api/v1/heartbeat, for Alertmanager. An answer 2xx means that all is stored. What Alertmanager should send
 * again is answered 5xx: its webhook retries no other status, 429 included. Critical alerts that cannot be stored are told directly.
 */
export function webhookRoutes(services: NotificationServices): Router {
  const { settings, database, log, plan, dispatcher, direct, heartbeat, token } = services;
  const readBody = webhookBodyReader(settings.bodyLimitBytes);
  const router = Router();
  // Bodies in work are in memory, and the channels need connections as well.
  const inTurn = limitInWork(Math.ceil(settings.databaseConnections / 2), mostWaiting);
  const authorized = requireToken(token, 'token of the webhook');

  router.post('/api/v1/alerts', authorized, inTurn, async (request, response) => {
    const { alerts, truncated } = readWebhook((await readBody(request, response)) ?? null);
    let stored = 0;
    let repeated = 0;
    // One transaction must not take forever. When a later one fails the sender repeats all, and what is stored is known by then.
    for (let from = 0; from < alerts.length; from += mostInTransaction) {
      try {
        // What was told directly is known then, and told nobody again.
        await direct.store();
        const part = alerts.slice(from, from + mostInTransaction);
        const done = await inTime(
          patience,
          commit(database, (tx, onCommit) => recordAlerts({ tx, onCommit, plan, settings }, part)),
        );
        stored += done.stored;
        repeated += done.repeated;
      } catch (error) {
        // Whatever the reason is: a person must not have to wait for it to be gone.
        direct.tell(alerts.slice(from));
        throw error;
      }
    }
    dispatcher.wake();
    if (truncated > 0) {
      notificationMeters.alertsTruncated.add(truncated);
      log.warn(
        { truncated },
        'Alertmanager left alerts out: raise max_alerts of its webhook_config',
      );
    }
    response.json({ stored, repeated, truncated });
  });

  router.post('/api/v1/heartbeat', authorized, async (request, response) => {
    const body = await readBody(request, response);
    const alive =
      body === undefined || readWebhook(body).alerts.some(({ status }) => status === 'firing');
    if (alive) await heartbeat.beat();
    response.json({ counted: alive });
  });

  router.use('/api/v1', countRefused);
  return router;
}

const reasons = {
  token_missing: 'unauthorized',
  token_unknown: 'unauthorized',
  too_large: 'too_large',
  broken_json: 'unreadable',
  unreadable_body: 'unreadable',
  invalid: 'invalid',
  unknown_version: 'invalid',
  overloaded: 'overloaded',
} as const;

const countRefused: ErrorRequestHandler = (error, request, _response, next) => {
  if (request.method === 'POST') {
    const code = error instanceof HttpProblem ? error.code : '';
    const reason = Object.hasOwn(reasons, code) ? reasons[code as keyof typeof reasons] : 'fault';
    notificationMeters.webhooksRefused.add(1, { reason });
  }
  next(error);
};
