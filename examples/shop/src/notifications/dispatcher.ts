import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Database } from '../database/database.ts';
import { backoffSeconds } from './backoff.ts';
import type { Channel } from './channels/channel.ts';
import { type ClaimedMessage, claimMessage, isAnythingDue } from './claim-message.ts';
import { countSend, countSent } from './count-notifications.ts';
import { composeMessage } from './message-text.ts';
import type { NotificationSettings } from './notification-settings.ts';
import { type NotSent, settleFailed, settleSent } from './settle-message.ts';
import { withoutSpans } from './without-spans.ts';

/** Brings what is in the outbox to people: one message at a time on each channel, all channels at once. */
export interface Dispatcher {
  /** Call after something was added to the outbox. */
  wake(): void;
  /** Takes nothing more, and waits for the messages on their way. */
  stop(): Promise<void>;
}

/** Milliseconds: how late a retry, or what another replica has received, may be noticed. */
const pollMs = 1_000;
/** Milliseconds that a message on its way has when we stop. */
const graceMs = 3_000;

export function startDispatcher({
  database,
  log,
  channels,
  linkOrigins,
  settings,
}: {
  readonly database: Database;
  readonly log: Logger;
  readonly channels: readonly Channel[];
  readonly linkOrigins: readonly string[];
  readonly settings: NotificationSettings;
}): Dispatcher {
  const leaseSeconds = settings.sendTimeoutSeconds * 3;
  const limits = { leaseSeconds, messagesPerMinute: settings.messagesPerMinute };
  const pauses = { first: settings.retrySeconds, cap: settings.retryCapSeconds };
  const leaving = new AbortController();
  let stopping = false;
  const sleepers = new Set<AbortController>();

  async function run(channel: Channel): Promise<void> {
    let reachable = true;
    let registered = false;
    while (!stopping) {
      let worked = false;
      const nap = new AbortController();
      // Before the claim: what is added while we look wakes us all the same.
      sleepers.add(nap);
      try {
        if (!registered) await register(channel.name);
        registered = true;
        worked = await sendNext(channel);
        reachable = true;
      } catch (error) {
        if (reachable)
          log.error({ err: error, channel: channel.name }, 'the outbox is out of reach');
        reachable = false;
      }
      if (!worked && !stopping)
        await wait(pollMs, undefined, { signal: nap.signal }).catch(() => undefined);
      sleepers.delete(nap);
    }
  }

  async function register(name: string): Promise<void> {
    await database.$executeRaw`INSERT INTO channels (name) VALUES (${name}) ON CONFLICT DO NOTHING`;
  }

  async function sendNext(channel: Channel): Promise<boolean> {
    if (!(await withoutSpans(() => isAnythingDue(database, channel.name)))) return false;
    const message = await claimMessage(database, channel.name, limits);
    if (message === undefined) return false;
    const began = performance.now();
    const timeout = AbortSignal.timeout(settings.sendTimeoutSeconds * 1_000);
    const result = await channel.send(
      composeMessage(message, linkOrigins),
      AbortSignal.any([timeout, leaving.signal]),
    );
    countSend(channel.kind, result.outcome, (performance.now() - began) / 1_000);
    if (result.outcome === 'failed') {
      await noteFailure(channel, message, result);
      return true;
    }
    if (result.problem !== undefined) log.warn({ channel: channel.name }, result.problem);
    const noted = await insist(() => settleSent(database, channel.name, message, result));
    if (noted === undefined) {
      log.error(
        { channel: channel.name },
        'a message was sent and could not be noted: it will be sent again',
      );
      return false;
    }
    countSent(
      channel.kind,
      message.notifications.filter(({ id }) => noted.has(id)),
    );
    return true;
  }

  async function noteFailure(
    channel: Channel,
    message: ClaimedMessage,
    result: NotSent,
  ): Promise<void> {
    const pause = (failures: number) => backoffSeconds(failures, pauses);
    const noted = await insist(() => settleFailed(database, channel.name, message, result, pause));
    log.warn(
      {
        channel: channel.name,
        alerts: message.notifications.length,
        failures: noted?.failures,
        retryInSeconds: noted?.pauseSeconds ?? leaseSeconds,
      },
      result.error,
    );
  }

  /** PostgreSQL may be away for a moment: the outcome of a message is worth waiting for, as long as the lease is ours. */
  async function insist<T>(work: () => Promise<T>): Promise<T | undefined> {
    const end = performance.now() + settings.sendTimeoutSeconds * 1_500;
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (performance.now() > end || leaving.signal.aborted) {
          log.error({ err: error }, 'the outcome of a message could not be noted');
          return undefined;
        }
        await wait(200);
      }
    }
  }

  const running = channels.map(run);
  const wake = () => {
    for (const sleeper of sleepers) sleeper.abort();
  };
  return {
    wake,
    stop: async () => {
      stopping = true;
      wake();
      const grace = setTimeout(() => leaving.abort(), graceMs);
      await Promise.all(running);
      clearTimeout(grace);
    },
  };
}
