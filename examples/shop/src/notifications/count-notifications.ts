import type { ChannelKind } from './channel-plan.ts';
import type { ClaimedNotification } from './claim-message.ts';
import { notificationMeters } from './notification-meters.ts';

const names = { log: 'in_app', email: 'email', slack: 'chat' } as const;

/** How the meters call a kind of channel. */
export const meteredChannel = (kind: ChannelKind) => names[kind];

/** One attempt of one message. */
export function countSend(kind: ChannelKind, outcome: 'sent' | 'failed', seconds: number): void {
  notificationMeters.sendDuration.record(seconds, { channel: names[kind], outcome });
}

/** Notifications that a channel took, each for the tenant of its alert. */
export function countSent(
  kind: ChannelKind,
  notifications: ReadonlyArray<Pick<ClaimedNotification, 'tenantId' | 'createdAt'>>,
): void {
  const channel = names[kind];
  const now = Date.now();
  const { delay } = notificationMeters;
  for (const { tenantId, createdAt } of notifications) {
    countNotification(kind, 'sent', tenantId);
    const seconds = Math.max(0, (now - createdAt.getTime()) / 1_000);
    if (tenantId === null) delay.record(seconds, { channel });
    else delay.forTenant(tenantId).record(seconds, { channel });
  }
}

/** `add` 0 at start lets a rate see the first one. */
export function countNotification(
  kind: ChannelKind,
  outcome: 'sent' | 'failed',
  tenantId: string | null,
  add = 1,
): void {
  const counter =
    tenantId === null
      ? notificationMeters.notifications
      : notificationMeters.notifications.forTenant(tenantId);
  counter.add(add, { channel: names[kind], outcome });
}
