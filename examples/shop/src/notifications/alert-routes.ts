import { Router } from 'express';
import { z } from 'zod';
import type { Prisma } from '../generated/prisma/client.ts';
import { notFound } from '../http/http-problem.ts';
import { readId, readQuery } from '../http/read-request.ts';
import { text } from '../http/text.ts';
import { alertView, withNotifications } from './alert-view.ts';
import type { NotificationServices } from './notification-services.ts';
import { requireToken } from './require-token.ts';

const Query = z.object({
  status: z.enum(['firing', 'resolved']).optional(),
  name: text(200).optional(),
  fingerprint: text(64).optional(),
  service: text(200).optional(),
  tenant: text(64).optional(),
  severity: text(200).optional(),
  since: z.iso.datetime({ offset: true }).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: z.uuid().optional(),
});

/** GET /api/v1/alerts, /api/v1/alerts/:id and /api/v1/channels: who was told what, when, how, and with what outcome. */
export function alertRoutes({ database, plan, readToken }: NotificationServices): Router {
  const router = Router();
  router.use('/api/v1', requireToken(readToken, 'read token'));

  router.get('/api/v1/alerts', async (request, response) => {
    const query = readQuery(request, Query);
    const { limit, after } = query;
    const rows = await database.alert.findMany({
      where: conditionsOf(query),
      include: withNotifications,
      orderBy: [{ receivedAt: 'desc' }, { id: 'desc' }],
      take: limit + 1,
      ...(after !== undefined && { cursor: { id: after }, skip: 1 }),
    });
    const shown = rows.slice(0, limit);
    response.json({
      alerts: shown.map(alertView),
      next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
    });
  });

  router.get('/api/v1/alerts/:id', async (request, response) => {
    const row = await database.alert.findUnique({
      where: { id: readId(request, 'the alert') },
      include: withNotifications,
    });
    if (row === null) throw notFound('the alert');
    response.json(alertView(row));
  });

  router.get('/api/v1/channels', async (_request, response) => {
    const [states, waiting] = await Promise.all([
      database.channel.findMany(),
      database.notification.groupBy({
        by: ['channel'],
        where: { state: 'pending' },
        _count: true,
        _min: { createdAt: true },
      }),
    ]);
    response.json({
      channels: Object.entries(plan.channels).map(([name, { kind }]) => {
        const state = states.find((row) => row.name === name);
        const queue = waiting.find((row) => row.channel === name);
        return {
          name,
          kind,
          pending: queue?._count ?? 0,
          oldestPendingAt: queue?._min.createdAt ?? null,
          failuresInARow: state?.failures ?? 0,
          nextAttemptAt: state?.blockedUntil ?? null,
        };
      }),
    });
  });
  return router;
}

function conditionsOf({
  status,
  name,
  fingerprint,
  service,
  severity,
  tenant,
  since,
}: z.infer<typeof Query>): Prisma.AlertWhereInput {
  return {
    ...(status !== undefined && { status }),
    ...(name !== undefined && { name }),
    ...(fingerprint !== undefined && { fingerprint }),
    ...(service !== undefined && { service }),
    ...(severity !== undefined && { severity }),
    ...(tenant !== undefined && { tenantId: tenant }),
    ...(since !== undefined && { receivedAt: { gte: new Date(since) } }),
  };
}
