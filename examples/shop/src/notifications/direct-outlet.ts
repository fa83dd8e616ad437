import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { backoffSeconds } from './backoff.ts';
import type { Channel } from './channels/channel.ts';
import { type ClaimedNotification, shareOf } from './claim-message.ts';
import { countSend, countSent } from './count-notifications.ts';
import type { DirectMemory, DirectTelling } from './direct-memory.ts';
import { composeMessage, type MessageText } from './message-text.ts';
import type { NotificationSettings } from './notification-settings.ts';
import type { NotSent, Sent } from './settle-message.ts';
import { withoutSpans } from './without-spans.ts';

/** Sends on one channel what is in the memory, one message at a time. */
export interface DirectOutlet {
  /** Sends all that may be sent now, if `mayStart` lets it. */
  wake(): void;
  /** Resolves when no message is on its way. */
  idle(): Promise<void>;
}

export function openDirectOutlet({
  channel,
  memory,
  linkOrigins,
  settings,
  log,
  leaving,
  mayStart,
}: {
  readonly channel: Channel;
  readonly memory: DirectMemory;
  readonly linkOrigins: readonly string[];
  readonly settings: NotificationSettings;
  readonly log: Logger;
  /** Cuts off the message on its way. */
  readonly leaving: AbortSignal;
  readonly mayStart: () => boolean;
}): DirectOutlet {
  const pauses = { first: settings.retrySeconds, cap: settings.retryCapSeconds };
  /** Milliseconds since 1970, of the messages of the last minute. */
  let began: number[] = [];
  let failures = 0;
  let blockedUntil = 0;
  /** Whether people know that there are alerts for which there was no room. */
  let saidLeftOut = false;
  let sending: Promise<void> | undefined;

  function wake(): void {
    if (sending !== undefined || !mayStart()) return;
    const leftOut = memory.leftOut() > 0;
    if (!leftOut) saidLeftOut = false;
    const taken = takeMessage();
    if (taken === undefined || (taken.length === 0 && (!leftOut || saidLeftOut))) return;
    sending = send(taken).finally(() => {
      sending = undefined;
      wake();
    });
  }

  /** The same shares as from the outbox: single groups first, then all that waits. Undefined when it is not time for a message. */
  function takeMessage(): readonly DirectTelling[] | undefined {
    const now = Date.now();
    if (blockedUntil > now) return undefined;
    began = began.filter((at) => at > now - 60_000);
    const due = memory.due(channel.name);
    const groups = new Set(due.map(({ alert }) => alert.received.groupKey)).size;
    const rested = (now - (began.at(-1) ?? 0)) / 1_000;
    const share = shareOf(groups, began.length, rested, settings);
    if (share === 'nothing') return undefined;
    const groupKey = due[0]?.alert.received.groupKey;
    return share === 'all' ? due : due.filter(({ alert }) => alert.received.groupKey === groupKey);
  }

  async function send(taken: readonly DirectTelling[]): Promise<void> {
    const startedAt = new Date();
    began.push(startedAt.getTime());
    for (const one of taken) one.attempts += 1;
    const saysLeftOut = memory.leftOut() > 0;
    const timeout = AbortSignal.timeout(settings.sendTimeoutSeconds * 1_000);
    const result = await withoutSpans(() =>
      channel.send(textOf(taken), AbortSignal.any([timeout, leaving])),
    );
    countSend(channel.kind, result.outcome, (Date.now() - startedAt.getTime()) / 1_000);
    if (result.outcome === 'failed') {
      noteFailure(taken, result);
      return;
    }
    saidLeftOut = saysLeftOut;
    if (result.problem !== undefined) log.warn({ channel: channel.name }, result.problem);
    noteSent(taken, startedAt, result);
  }

  function textOf(taken: readonly DirectTelling[]): MessageText {
    const text = composeMessage({ notifications: taken.map(spoken) }, linkOrigins);
    const leftOut = memory.leftOut();
    if (leftOut === 0) return text;
    const more = ['more critical alerts, told when the database is back', leftOut] as const;
    const subject = taken.length === 0 ? `[FIRING] ${leftOut} more critical alerts` : text.subject;
    return { ...text, subject, others: [...text.others, more] };
  }

  function noteSent(
    taken: readonly DirectTelling[],
    startedAt: Date,
    { recipients, reference }: Sent,
  ): void {
    failures = 0;
    const message = {
      id: randomUUID(),
      channel: channel.name,
      alerts: taken.length,
      startedAt,
      endedAt: new Date(),
      sent: true,
      reference: reference ?? null,
    };
    for (const one of taken) one.sent = { message, attempts: one.attempts, recipients };
    countSent(
      channel.kind,
      taken.map(({ alert }) => ({
        tenantId: alert.received.tenantId,
        createdAt: alert.receivedAt,
      })),
    );
    log.warn({ channel: channel.name, alerts: taken.length }, 'told without the database');
  }

  function noteFailure(
    taken: readonly DirectTelling[],
    { scope, error, retryAfterSeconds = 0 }: NotSent,
  ): void {
    if (scope === 'channel') failures += 1;
    const inARow = scope === 'channel' ? failures : (taken[0]?.attempts ?? 1);
    const pauseSeconds = Math.max(backoffSeconds(inARow, pauses), retryAfterSeconds);
    const until = Date.now() + pauseSeconds * 1_000;
    if (scope === 'channel' || taken.length === 0) blockedUntil = until;
    else for (const one of taken) one.notBefore = until;
    log.warn(
      {
        channel: channel.name,
        alerts: taken.length,
        failures: inARow,
        retryInSeconds: pauseSeconds,
      },
      error,
    );
  }

  return { wake, idle: async () => await sending };
}

/** As the outbox would have it: an alert and its end are one alert with two events. */
function spoken({ alert: { received, receivedAt } }: DirectTelling): ClaimedNotification {
  const alertId = `${received.fingerprint} ${received.startsAt.getTime()}`;
  return {
    ...received,
    id: `${alertId} ${received.status}`,
    alertId,
    sequence: received.status === 'resolved' ? 2 : 1,
    event: received.status,
    urgency: 0,
    createdAt: receivedAt,
  };
}
