import { type ErrorRequestHandler, type RequestHandler, Router } from 'express';
import { commit } from '../database/commit.ts';
import { HttpProblem } from '../http/http-problem.ts';
import { notificationMeters } from './notification-meters.ts';
import type { NotificationServices } from './notification-services.ts';
import { webhookBodyReader } from './read-webhook-body.ts';
import { recordAlerts } from './record-alerts.ts';
import { requireToken } from './require-token.ts';
import { readWebhook } from './webhook-payload.ts';

/** Webhooks in work at once: their bodies are in memory. */
const mostAtOnce = 16;

/**
 * POST /api/v1/alerts and /api/v1/heartbeat, for Alertmanager. An answer 2xx means that all is stored. What Alertmanager should send
 * again is answered 5xx: its webhook retries no other status, 429 included.
 */
export function webhookRoutes(services: NotificationServices): Router {
  const { settings, database, log, plan, dispatcher, heartbeat, token } = services;
  const readBody = webhookBodyReader(settings.bodyLimitBytes);
  const router = Router();
  const authorized = requireToken(token, 'token of the webhook');

  router.post('/api/v1/alerts', authorized, limitInWork(), async (request, response) => {
    const { alerts, truncated } = readWebhook((await readBody(request, response)) ?? null);
    const { stored, repeated } = await commit(database, (tx, onCommit) =>
      recordAlerts({ tx, onCommit, plan, settings }, alerts),
    );
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

function limitInWork(): RequestHandler {
  let inWork = 0;
  return (_request, response, next) => {
    if (inWork >= mostAtOnce) {
      response.set('Retry-After', '1');
      throw new HttpProblem(
        503,
        'overloaded',
        `Expected at most ${mostAtOnce} webhooks at once, got more; send it again in a second`,
      );
    }
    inWork += 1;
    response.once('close', () => {
      inWork -= 1;
    });
    next();
  };
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
