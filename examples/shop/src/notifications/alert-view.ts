import type { Prisma } from '../generated/prisma/client.ts';

export const withNotifications = {
  notifications: { include: { message: true }, orderBy: [{ sequence: 'asc' }, { channel: 'asc' }] },
} as const satisfies Prisma.AlertInclude;

type AlertRow = Prisma.AlertGetPayload<{ include: typeof withNotifications }>;

/** An alert as the API tells it. Times are ISO 8601 in UTC, null for what has not happened. */
export function alertView(row: AlertRow) {
  const sent = (event: 'firing' | 'resolved') =>
    row.notifications
      .filter((notification) => notification.event === event)
      .flatMap(({ sentAt }) => sentAt ?? [])
      .sort((a, b) => a.getTime() - b.getTime())[0] ?? null;
  return {
    id: row.id,
    fingerprint: row.fingerprint,
    name: row.name,
    status: row.status,
    severity: row.severity,
    team: row.team,
    service: row.service,
    tenant: row.tenantId,
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    /** When this service got it first, when the first channel took it; the same for its end. */
    receivedAt: row.receivedAt,
    notifiedAt: sent('firing'),
    resolvedAt: row.resolvedAt,
    resolvedNotifiedAt: sent('resolved'),
    lastReceivedAt: row.lastReceivedAt,
    timesReceived: row.timesReceived,
    labels: row.labels,
    annotations: row.annotations,
    notifications: row.notifications.map((notification) => ({
      event: notification.event,
      channel: notification.channel,
      kind: notification.kind,
      state: notification.state,
      attempts: notification.attempts,
      createdAt: notification.createdAt,
      nextAttemptAt: notification.state === 'pending' ? notification.nextAttemptAt : null,
      sentAt: notification.sentAt,
      recipients: notification.recipients,
      lastError: notification.lastError,
      message:
        notification.message === null
          ? null
          : {
              id: notification.message.id,
              alerts: notification.message.alerts,
              reference: notification.message.reference,
            },
    })),
  };
}
