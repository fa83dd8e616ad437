import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { commit } from '../database/commit.ts';
import type { Database } from '../database/database.ts';
import { backoffSeconds } from './backoff.ts';
import type { ChannelPlan } from './channel-plan.ts';
import type { Channel } from './channels/channel.ts';
import { type ClaimedNotification, shareOf } from './claim-message.ts';
import { countNotification, countSend, countSent } from './count-notifications.ts';
import { type DirectTelling, openDirectMemory, toRecord } from './direct-memory.ts';
import { inTime } from './in-time.ts';
import { composeMessage, type MessageText } from './message-text.ts';
import type { NotificationSettings } from './notification-settings.ts';
import { recordAlerts } from './record-alerts.ts';
import type { NotSent, Sent } from './settle-message.ts';
import type { ReceivedAlert } from './webhook-payload.ts';
import { withoutSpans } from './without-spans.ts';

/**
 * The way around the database: the alarm about the database must not need the database. Critical alerts that could not be stored
 * are told from memory, once, and stored as told when that is possible again.
 */
export interface DirectTeller {
  /** Call with alerts that could not be stored. Takes the critical ones, and returns at once. */
  tell(alerts: readonly ReceivedAlert[]): void;
  /** Stores what was told, as sent. Call before anything newer is stored. Rejects while the database is away. */
  store(): Promise<void>;
  /** Tells nothing more, and waits for the messages on their way. */
  stop(): Promise<void>;
}

interface Telling {
  readonly database: Database;
  readonly log: Logger;
  readonly plan: ChannelPlan;
  readonly channels: readonly Channel[];
  readonly settings: NotificationSettings;
  /** Called after something was stored: what no channel has taken yet is in the outbox now. */
  readonly changed: () => void;
}

const mostAlerts = 1_000;
/** Milliseconds: how late a retry, or the return of the database, may be noticed. */
const everyMs = 500;
/** Seconds to store something, and to say whether that can be tried. */
const patience = 20;
const answerPatience = 5;
/** Milliseconds that a message on its way has when we stop. */
const graceMs = 3_000;

interface Outlet {
  readonly channel: Channel;
  /** Milliseconds since 1970, of the messages of the last minute. */
  began: number[];
  failures: number;
  blockedUntil: number;
  /** Whether its people know that there are alerts for which there was no room. */
  saidLeftOut: boolean;
  sending: Promise<void> | undefined;
}

export function openDirectTeller(telling: Telling): DirectTeller {
  const { database, log, plan, channels, settings, changed } = telling;
  const memory = openDirectMemory(plan, { mostAlerts, mostBytes: settings.bodyLimitBytes });
  const pauses = { first: settings.retrySeconds, cap: settings.retryCapSeconds };
  const leaving = new AbortController();
  const outlets = channels.map(
    (channel): Outlet => ({
      channel,
      began: [],
      failures: 0,
      blockedUntil: 0,
      saidLeftOut: false,
      sending: undefined,
    }),
  );
  let storing: Promise<void> | undefined;
  let stopped = false;

  function sendAll(): void {
    for (const outlet of outlets) sendNext(outlet);
  }

  function sendNext(outlet: Outlet): void {
    // What is told while it is being stored would be told again from the outbox.
    if (stopped || storing !== undefined || outlet.sending !== undefined) return;
    const leftOut = memory.leftOut() > 0;
    if (!leftOut) outlet.saidLeftOut = false;
    const taken = takeMessage(outlet);
    if (taken === undefined || (taken.length === 0 && (!leftOut || outlet.saidLeftOut))) return;
    outlet.sending = send(outlet, taken).finally(() => {
      outlet.sending = undefined;
      sendNext(outlet);
    });
  }

  /** The same shares as from the outbox: single groups first, then all that waits. Undefined when it is not time for a message. */
  function takeMessage({
    channel,
    began,
    blockedUntil,
  }: Outlet): readonly DirectTelling[] | undefined {
    const now = Date.now();
    if (blockedUntil > now) return undefined;
    const due = memory.due(channel.name);
    const groups = new Set(due.map(({ alert }) => alert.received.groupKey)).size;
    const recent = began.filter((at) => at > now - 60_000);
    const rested = (now - (recent.at(-1) ?? 0)) / 1_000;
    const share = shareOf(groups, recent.length, rested, settings);
    if (share === 'nothing') return undefined;
    const groupKey = due[0]?.alert.received.groupKey;
    return share === 'all' ? due : due.filter(({ alert }) => alert.received.groupKey === groupKey);
  }

  async function send(outlet: Outlet, taken: readonly DirectTelling[]): Promise<void> {
    const { channel } = outlet;
    const startedAt = new Date();
    outlet.began = [
      ...outlet.began.filter((at) => at > startedAt.getTime() - 60_000),
      startedAt.getTime(),
    ];
    for (const one of taken) one.attempts += 1;
    const timeout = AbortSignal.timeout(settings.sendTimeoutSeconds * 1_000);
    const result = await withoutSpans(() =>
      channel.send(textOf(taken), AbortSignal.any([timeout, leaving.signal])),
    );
    countSend(channel.kind, result.outcome, (Date.now() - startedAt.getTime()) / 1_000);
    if (result.outcome === 'failed') noteFailure(outlet, taken, result);
    else noteSent(outlet, taken, startedAt, result);
  }

  function textOf(taken: readonly DirectTelling[]): MessageText {
    const text = composeMessage({ notifications: taken.map(spoken) }, plan.linkOrigins);
    const leftOut = memory.leftOut();
    if (leftOut === 0) return text;
    const more = ['more critical alerts, told when the database is back', leftOut] as const;
    const subject = taken.length === 0 ? `[FIRING] ${leftOut} more critical alerts` : text.subject;
    return { ...text, subject, others: [...text.others, more] };
  }

  function noteSent(
    outlet: Outlet,
    taken: readonly DirectTelling[],
    startedAt: Date,
    { recipients, reference }: Sent,
  ): void {
    const { name, kind } = outlet.channel;
    outlet.failures = 0;
    outlet.saidLeftOut = memory.leftOut() > 0;
    const message = {
      id: randomUUID(),
      channel: name,
      alerts: taken.length,
      startedAt,
      endedAt: new Date(),
      sent: true,
      reference: reference ?? null,
    };
    for (const one of taken) one.sent = { message, attempts: one.attempts, recipients };
    countSent(
      kind,
      taken.map(({ alert }) => ({
        tenantId: alert.received.tenantId,
        createdAt: alert.receivedAt,
      })),
    );
    log.warn({ channel: name, alerts: taken.length }, 'told without the database');
  }

  function noteFailure(
    outlet: Outlet,
    taken: readonly DirectTelling[],
    { scope, error, retryAfterSeconds = 0 }: NotSent,
  ): void {
    if (scope === 'channel') outlet.failures += 1;
    const failures = scope === 'channel' ? outlet.failures : (taken[0]?.attempts ?? 1);
    const pauseSeconds = Math.max(backoffSeconds(failures, pauses), retryAfterSeconds);
    const until = Date.now() + pauseSeconds * 1_000;
    if (scope === 'channel' || taken.length === 0) outlet.blockedUntil = until;
    else for (const one of taken) one.notBefore = until;
    const { name } = outlet.channel;
    log.warn(
      { channel: name, alerts: taken.length, failures, retryInSeconds: pauseSeconds },
      error,
    );
  }

  async function storeAll(): Promise<void> {
    const known = memory.alerts();
    // Each status has its own transaction, for an alert and its end are one row.
    for (const status of ['firing', 'resolved'] as const) {
      const part = known.filter(({ received }) => received.status === status);
      if (part.length === 0) continue;
      const records = part.map(toRecord);
      await inTime(
        patience,
        commit(database, (tx, onCommit) => recordAlerts({ tx, onCommit, plan, settings }, records)),
      );
      memory.forget(part);
      log.info({ alerts: part.length, status }, 'what was told without the database is stored');
    }
    changed();
  }

  async function store(): Promise<void> {
    if (memory.alerts().length === 0) return;
    if (storing === undefined) {
      // Asked first: messages on their way shall not hold up the others while the answer is no.
      await inTime(
        answerPatience,
        withoutSpans(async () => await database.$queryRaw`SELECT 1`),
      );
      storing ??= Promise.all(outlets.map(({ sending }) => sending))
        .then(storeAll)
        .finally(() => {
          storing = undefined;
          sendAll();
        });
    }
    await storing;
  }

  /** So long without a database: who sends them still is told again, and nobody else waits for them. */
  function giveUp(): void {
    const before = Date.now() - settings.maxAgeSeconds * 1_000;
    const old = memory.alerts().filter(({ receivedAt }) => receivedAt.getTime() < before);
    if (old.length === 0) return;
    memory.forget(old);
    for (const { received, tellings } of old) {
      for (const { channel, sent } of tellings) {
        const kind = plan.channels[channel]?.kind;
        if (sent === undefined && kind !== undefined) {
          countNotification(kind, 'failed', received.tenantId);
        }
      }
    }
    log.error({ alerts: old.length }, 'alerts that could not be stored were given up');
  }

  let busy = false;
  const timer = setInterval(() => {
    giveUp();
    sendAll();
    if (busy) return;
    busy = true;
    store()
      .catch((error: unknown) => log.debug({ err: error }, 'the database is still away'))
      .finally(() => {
        busy = false;
      });
  }, everyMs);
  timer.unref();

  return {
    tell: (alerts) => {
      const taken = memory.take(alerts);
      if (taken === 0) return;
      log.error({ alerts: taken }, 'critical alerts could not be stored: they are told directly');
      sendAll();
    },
    store,
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      const grace = setTimeout(() => leaving.abort(), graceMs);
      await Promise.all(outlets.map(({ sending }) => sending));
      clearTimeout(grace);
      await storing?.catch(() => undefined);
    },
  };
}

/** As the outbox would have it: an alert and its end are one alert with two events. */
function spoken({ alert: { received, receivedAt } }: DirectTelling): ClaimedNotification {
  const alertId = `${received.fingerprint} ${received.startsAt.getTime()}`;
  const resolved = received.status === 'resolved';
  return {
    ...received,
    id: `${alertId} ${received.status}`,
    alertId,
    sequence: resolved ? 2 : 1,
    event: received.status,
    urgency: 0,
    createdAt: receivedAt,
  };
}
