import type { Database, Transaction } from '../database/database.ts';
import { Prisma } from '../generated/prisma/client.ts';

/** One notification of a claimed message, with what has to be said. */
export interface ClaimedNotification {
  readonly id: string;
  readonly alertId: string;
  readonly sequence: number;
  readonly event: 'firing' | 'resolved';
  readonly urgency: number;
  readonly createdAt: Date;
  readonly fingerprint: string;
  readonly name: string;
  readonly severity: string;
  readonly service: string;
  readonly tenantId: string | null;
  readonly startsAt: Date;
  readonly endsAt: Date | null;
  /** What holds now, which may be newer than the event. */
  readonly status: 'firing' | 'resolved';
  readonly annotations: Readonly<Record<string, string>>;
}

export interface ClaimedMessage {
  readonly id: string;
  readonly notifications: readonly ClaimedNotification[];
}

/** Alerts in one message; the rest of a larger flood is the next one. */
const mostAlerts = 10_000;

/**
 * What the next message takes. Half of the messages of a minute are for single groups, as Alertmanager grouped them. When more
 * groups are due, or that half is used up, a message takes all that is due, and the rest of the minute is divided among such
 * messages: a flood delays an alert by 60 / (messagesPerMinute / 2) seconds, 6 by default, and never by the whole minute.
 */
export function shareOf(
  groups: number,
  messagesInMinute: number,
  secondsSinceLast: number,
  { messagesPerMinute }: { readonly messagesPerMinute: number },
): 'group' | 'all' | 'nothing' {
  const single = Math.ceil(messagesPerMinute / 2);
  const left = single - messagesInMinute;
  if (left > 0) return groups > left ? 'all' : 'group';
  const pause = 60 / Math.max(1, messagesPerMinute - single);
  return secondsSinceLast < pause ? 'nothing' : 'all';
}

/** Whether there is anything to claim: one cheap question, for most of the time there is not. */
export async function isAnythingDue(database: Database, channel: string): Promise<boolean> {
  const [row] = await database.$queryRaw<Array<{ due: boolean }>>`
    SELECT EXISTS (
      SELECT FROM notifications n, channels c
      WHERE n.channel = ${channel} AND n.state = 'pending' AND n.next_attempt_at <= now()
        AND c.name = n.channel AND COALESCE(c.blocked_until <= now(), true)) AS due`;
  return row?.due === true;
}

/**
 * Takes the next message of a channel, see {@link shareOf}. Undefined when there is nothing to do now.
 *
 * What is taken is not due again for `leaseSeconds`: nobody else sends it meanwhile, and when this process dies somebody will.
 */
export function claimMessage(
  database: Database,
  channel: string,
  limits: { readonly leaseSeconds: number; readonly messagesPerMinute: number },
): Promise<ClaimedMessage | undefined> {
  return database.$transaction(async (tx) => {
    // The lock of the channel: a replica that finds it taken leaves the choice to the other.
    const [state] = await tx.$queryRaw<Array<{ blocked: boolean }>>`
      SELECT COALESCE(blocked_until > now(), false) AS blocked FROM channels
      WHERE name = ${channel} FOR UPDATE SKIP LOCKED`;
    if (state === undefined || state.blocked) return undefined;
    const due = Prisma.sql`n.channel = ${channel} AND n.state = 'pending' AND n.next_attempt_at <= now()`;
    const fresh = Prisma.sql`${due} AND NOT EXISTS (SELECT FROM messages m WHERE m.id = n.message_id AND m.refused)`;
    const groups = await tx.$queryRaw<Array<{ group_key: string }>>`
      SELECT group_key FROM notifications n WHERE ${fresh}
      GROUP BY group_key ORDER BY min(urgency), min(created_at) LIMIT ${limits.messagesPerMinute}`;
    const [first] = groups;
    const refused = first === undefined ? await refusedMessage(tx, due) : undefined;
    if (first === undefined && refused === undefined) return undefined;
    const [recent] = await tx.$queryRaw<Array<{ messages: number; rested: number | null }>>`
      SELECT count(*)::int AS messages, extract(epoch FROM now() - max(started_at))::float8 AS rested
      FROM messages WHERE channel = ${channel} AND started_at > now() - interval '1 minute'`;
    const share = shareOf(
      Math.max(1, groups.length),
      recent?.messages ?? 0,
      recent?.rested ?? 60,
      limits,
    );
    if (share === 'nothing') return undefined;
    const wanted =
      refused !== undefined
        ? Prisma.sql`${due} AND n.message_id = ${refused.id}::uuid`
        : share === 'group' && first !== undefined
          ? Prisma.sql`${fresh} AND n.group_key = ${first.group_key}`
          : fresh;
    const most = refused === undefined ? mostAlerts : Math.ceil(refused.alerts / 2);
    const claimed = await tx.$queryRaw<Array<ClaimedNotification & { messageId: string }>>`
      WITH taken AS (
        SELECT n.id FROM notifications n WHERE ${wanted}
        ORDER BY n.urgency, n.created_at, n.id LIMIT ${most} FOR UPDATE SKIP LOCKED
      ), message AS (
        INSERT INTO messages (channel, alerts) SELECT ${channel}, count(*) FROM taken RETURNING id
      )
      UPDATE notifications n SET
        attempts = attempts + 1,
        message_id = message.id,
        next_attempt_at = now() + make_interval(secs => ${limits.leaseSeconds}::float8)
      FROM message, taken, alerts a
      WHERE n.id = taken.id AND a.id = n.alert_id
      RETURNING n.id, message.id AS "messageId", a.id AS "alertId", n.sequence, n.event::text, n.urgency,
        n.created_at AS "createdAt", a.fingerprint, a.name, a.severity, a.service, a.tenant_id AS "tenantId",
        a.starts_at AS "startsAt", a.ends_at AS "endsAt", a.status::text, a.annotations`;
    const id = claimed[0]?.messageId;
    return id === undefined ? undefined : { id, notifications: claimed };
  });
}

/**
 * A message that the other side refused for what stood in it: half of it is the next one, so that an alert that nobody takes, as one whose
 * text a filter of mail does not like, is soon alone, and holds up no other. It comes after all that was not refused.
 */
async function refusedMessage(
  tx: Transaction,
  due: Prisma.Sql,
): Promise<{ readonly id: string; readonly alerts: number } | undefined> {
  const [message] = await tx.$queryRaw<Array<{ id: string; alerts: number }>>`
    SELECT m.id, m.alerts FROM notifications n JOIN messages m ON m.id = n.message_id
    WHERE ${due} AND m.refused
    GROUP BY m.id ORDER BY min(n.urgency), min(n.created_at), m.alerts LIMIT 1`;
  return message;
}
