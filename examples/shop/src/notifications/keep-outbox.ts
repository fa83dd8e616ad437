import type { Logger } from 'pino';
import type { Database } from '../database/database.ts';
import type { ChannelKind } from './channel-plan.ts';
import type { Channel } from './channels/channel.ts';
import { countNotification, meteredChannel } from './count-notifications.ts';
import { notificationMeters, webhookRefusals } from './notification-meters.ts';
import { withoutSpans } from './without-spans.ts';

interface Keeping {
  readonly database: Database;
  readonly log: Logger;
  readonly channels: readonly Channel[];
  readonly retentionDays: number;
}

/** Milliseconds. */
const everyMs = 2_000;
const pruneEveryMs = 3_600_000;

/** Gives up what is too old, measures what waits, and forgets alerts after their retention, until stopped. */
export function keepOutbox(keeping: Keeping): { stop(): Promise<void> } {
  const { log, channels } = keeping;
  for (const { kind } of channels) {
    countNotification(kind, 'sent', null, 0);
    countNotification(kind, 'failed', null, 0);
  }
  // A counter that begins at 1 has no first increase.
  notificationMeters.alertsTruncated.add(0);
  for (const reason of webhookRefusals) notificationMeters.webhooksRefused.add(0, { reason });
  let prunedAt = 0;
  let running: Promise<void> = Promise.resolve();
  let busy = false;
  const tick = async () => {
    try {
      await giveUp(keeping);
      await measure(keeping);
      if (Date.now() - prunedAt < pruneEveryMs) return;
      await prune(keeping);
      prunedAt = Date.now();
    } catch (error) {
      log.debug({ err: error }, 'the outbox is out of reach');
    }
  };
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    running = withoutSpans(tick).finally(() => {
      busy = false;
    });
  }, everyMs);
  timer.unref();
  return {
    stop: () => {
      clearInterval(timer);
      return running;
    },
  };
}

/** Each was tried at least once, unless its channel is no longer in the plan. */
async function giveUp({ database, log, channels }: Keeping): Promise<void> {
  const names = channels.map(({ name }) => name);
  const rows = await database.$queryRaw<
    Array<{
      channel: string;
      kind: ChannelKind;
      tenant_id: string | null;
      last_error: string | null;
    }>
  >`
    UPDATE notifications n SET state = 'failed', last_error = COALESCE(last_error, 'Expected its channel to be in the plan, got none')
    FROM alerts a
    WHERE a.id = n.alert_id AND n.state = 'pending' AND n.expires_at < now()
      AND ((n.attempts > 0 AND n.next_attempt_at <= now()) OR n.channel <> ALL (${names}::text[]))
    RETURNING n.channel, n.kind, a.tenant_id, n.last_error`;
  for (const { kind, tenant_id } of rows) countNotification(kind, 'failed', tenant_id);
  const [first] = rows;
  if (first !== undefined) {
    const { channel, last_error } = first;
    log.error({ notifications: rows.length, channel, last_error }, 'notifications were given up');
  }
}

async function measure({ database, channels }: Keeping): Promise<void> {
  const rows = await database.$queryRaw<
    Array<{ kind: ChannelKind; waiting: number; seconds: number }>
  >`
    SELECT kind, count(*)::int AS waiting, extract(epoch FROM now() - min(created_at))::float8 AS seconds
    FROM notifications WHERE state = 'pending' GROUP BY kind`;
  for (const kind of new Set(channels.map((channel) => channel.kind))) {
    const row = rows.find((candidate) => candidate.kind === kind);
    const channel = meteredChannel(kind);
    notificationMeters.pending.set(row?.waiting ?? 0, { channel });
    notificationMeters.pendingAge.set(Math.max(0, row?.seconds ?? 0), { channel });
  }
}

async function prune({ database, retentionDays }: Keeping): Promise<void> {
  await database.$executeRaw`
    DELETE FROM alerts WHERE last_received_at < now() - make_interval(days => ${retentionDays}::int)`;
  await database.$executeRaw`
    DELETE FROM messages WHERE started_at < now() - make_interval(days => ${retentionDays}::int)`;
}
