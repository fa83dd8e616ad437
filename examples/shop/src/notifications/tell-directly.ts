import type { Logger } from 'pino';
import { commit } from '../database/commit.ts';
import type { Database } from '../database/database.ts';
import type { ChannelPlan } from './channel-plan.ts';
import type { Channel } from './channels/channel.ts';
import { countNotification } from './count-notifications.ts';
import { openDirectMemory, toRecord } from './direct-memory.ts';
import { openDirectOutlet } from './direct-outlet.ts';
import { inTime } from './in-time.ts';
import type { NotificationSettings } from './notification-settings.ts';
import { recordAlerts } from './record-alerts.ts';
import type { ReceivedAlert } from './webhook-payload.ts';
import { withoutSpans } from './without-spans.ts';

/**
 * The way around the database: the alarm about the database must not need the database. Critical alerts that could not be stored
 * are told from memory, once, and stored as told when that is possible again.
 */
export interface DirectTeller {
  /** Call with alerts that could not be stored. Returns at once, with how many of them are told: critical ones that are new. */
  tell(alerts: readonly ReceivedAlert[]): number;
  /**
   * Stores what was told, as sent. Await it before anything is stored: what is stored first otherwise is told again. Rejects while
   * the database is away, and not when it is there and refuses: one alert must not stand in the way of all others.
   */
  store(): Promise<void>;
  /** Tells nothing more, and waits for the messages on their way. */
  stop(): Promise<void>;
}

const mostAlerts = 1_000;
/** Milliseconds: how late a retry, or the return of the database, may be noticed. */
const everyMs = 500;
/** Seconds to store something, and to say whether that can be tried. */
const patience = 20;
const answerPatience = 5;
/** Milliseconds that a message on its way has when we stop. */
const graceMs = 3_000;

export function openDirectTeller({
  database,
  log,
  plan,
  channels,
  settings,
  changed,
}: {
  readonly database: Database;
  readonly log: Logger;
  readonly plan: ChannelPlan;
  readonly channels: readonly Channel[];
  readonly settings: NotificationSettings;
  /** Called after something was stored: what no channel has taken yet is in the outbox now. */
  readonly changed: () => void;
}): DirectTeller {
  const memory = openDirectMemory(plan, { mostAlerts, mostBytes: settings.bodyLimitBytes });
  const leaving = new AbortController();
  let storing: Promise<void> | undefined;
  let stopped = false;
  let refused = false;
  const outlets = channels.map((channel) =>
    openDirectOutlet({
      channel,
      memory,
      linkOrigins: plan.linkOrigins,
      settings,
      log,
      leaving: leaving.signal,
      // What is told while it is being stored would be told again from the outbox.
      mayStart: () => !stopped && storing === undefined,
    }),
  );
  const wakeAll = () => {
    for (const outlet of outlets) outlet.wake();
  };
  const allIdle = () => Promise.all(outlets.map((outlet) => outlet.idle()));

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

  const ask = () =>
    inTime(
      answerPatience,
      withoutSpans(async () => await database.$queryRaw`SELECT 1`),
    );

  async function storeOrComplain(): Promise<void> {
    try {
      await storeAll();
      refused = false;
    } catch (error) {
      await ask();
      if (!refused) log.error({ err: error }, 'what was told directly could not be stored');
      refused = true;
    }
  }

  async function store(): Promise<void> {
    if (memory.alerts().length === 0) return;
    if (storing === undefined) {
      // Asked first: messages on their way shall not hold up the others while the answer is no.
      await ask();
      storing ??= allIdle()
        .then(storeOrComplain)
        .finally(() => {
          storing = undefined;
          wakeAll();
        });
    }
    await storing;
  }

  /** After so long without a database: what Alertmanager still sends is told again. */
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
    wakeAll();
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
      if (taken > 0) {
        log.error({ alerts: taken }, 'critical alerts could not be stored: they are told directly');
      }
      wakeAll();
      return taken;
    },
    store,
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      const grace = setTimeout(() => leaving.abort(), graceMs);
      await allIdle();
      clearTimeout(grace);
      await storing?.catch(() => undefined);
    },
  };
}
