import type { OnCommit } from '../database/commit.ts';
import type { Transaction } from '../database/database.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { ChannelPlan } from './channel-plan.ts';
import { notificationMeters } from './notification-meters.ts';
import type { NotificationSettings } from './notification-settings.ts';
import { routeAlert } from './route-alert.ts';
import type { ReceivedAlert } from './webhook-payload.ts';

/**
 * Seconds after which a firing alert that we know as resolved is news again and not a late copy of what came before: Alertmanager
 * keeps the start of an alert that its Prometheus stopped reporting for a while. A late copy comes from its third replica, 30 s behind the
 * first (`--cluster.peer-timeout`); news comes no sooner than a `group_interval`, a minute for what is critical, after the end was told,
 * and once: taken for a copy, nobody would hear of it before the `repeat_interval`.
 */
const reopenSeconds = 40;

interface StoredAlert {
  readonly id: string;
  readonly fingerprint: string;
  readonly starts_at: Date;
  readonly sequence: number;
  readonly news: boolean;
}

/** That a channel took an alert before it could be stored, and with which message. */
export interface SentBefore {
  readonly message: Prisma.MessageCreateManyInput & { readonly id: string; readonly endedAt: Date };
  readonly attempts: number;
  readonly recipients: readonly string[];
}

/** An alert as it came in, or one that came in while it could not be stored. */
export interface AlertToRecord extends ReceivedAlert {
  readonly receivedAt?: Date;
  readonly sent?: readonly SentBefore[];
}

interface Recording {
  readonly tx: Transaction;
  readonly onCommit: OnCommit;
  readonly plan: ChannelPlan;
  readonly settings: Pick<NotificationSettings, 'remindSeconds' | 'maxAgeSeconds'>;
}

/**
 * Stores alerts and what has to be told of them, in the transaction given. An alert that is known and has not changed (the same
 * fingerprint, start and status) is told nobody again, unless it still fires after `remindSeconds`. What a channel has taken
 * already is in the outbox as sent.
 */
export async function recordAlerts(
  { tx, onCommit, plan, settings }: Recording,
  alerts: readonly AlertToRecord[],
): Promise<{ readonly stored: number; readonly repeated: number }> {
  if (alerts.length === 0) return { stored: 0, repeated: 0 };
  const stored = await storeAlerts(tx, alerts, settings.remindSeconds);
  const byIdentity = new Map(alerts.map((alert) => [identity(alert), alert]));
  const told = stored.map((row) => {
    const alert = byIdentity.get(
      identity({ fingerprint: row.fingerprint, startsAt: row.starts_at }),
    );
    if (alert === undefined) throw new Error('unreachable: PostgreSQL returned another alert');
    return { row, alert };
  });
  const news = told.filter(({ row }) => row.news);
  await addToOutbox(tx, news, plan, settings.maxAgeSeconds);
  onCommit(() => {
    for (const { row, alert } of told) {
      const counter =
        alert.tenantId === null
          ? notificationMeters.alerts
          : notificationMeters.alerts.forTenant(alert.tenantId);
      counter.add(1, { status: alert.status, outcome: row.news ? 'stored' : 'repeated' });
    }
  });
  return { stored: news.length, repeated: told.length - news.length };
}

const identity = ({ fingerprint, startsAt }: Pick<ReceivedAlert, 'fingerprint' | 'startsAt'>) =>
  `${fingerprint} ${startsAt.getTime()}`;

/** In one order for everybody, so that two webhooks with the same alerts wait for each other and do not deadlock. */
function storeAlerts(
  tx: Transaction,
  alerts: readonly AlertToRecord[],
  remindSeconds: number,
): Promise<StoredAlert[]> {
  const given = alerts.map(({ sent: _, ...alert }) => alert);
  const ended = Prisma.sql`(alerts.status = 'firing' AND excluded.status = 'resolved')`;
  const reopened = Prisma.sql`(alerts.status = 'resolved' AND excluded.status = 'firing'
    AND alerts.resolved_at < now() - make_interval(secs => ${reopenSeconds}::float8))`;
  const reminded = Prisma.sql`(alerts.status = 'firing' AND excluded.status = 'firing'
    AND alerts.told_at < now() - make_interval(secs => ${remindSeconds}::float8))`;
  const news = Prisma.sql`(${ended} OR ${reopened} OR ${reminded})`;
  return tx.$queryRaw<StoredAlert[]>`
    INSERT INTO alerts (fingerprint, starts_at, ends_at, status, name, severity, team, service, tenant_id, group_key,
                        labels, annotations, received_at, resolved_at)
    SELECT "fingerprint", "startsAt", "endsAt", "status"::"AlertStatus", "name", "severity", "team", "service", "tenantId",
           "groupKey", "labels", "annotations", COALESCE("receivedAt", now()),
           CASE WHEN "status" = 'resolved' THEN COALESCE("receivedAt", now()) END
    FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb) AS given(
      "fingerprint" text, "startsAt" timestamptz, "endsAt" timestamptz, "status" text, "name" text, "severity" text,
      "team" text, "service" text, "tenantId" text, "groupKey" text, "labels" jsonb, "annotations" jsonb, "receivedAt" timestamptz)
    ORDER BY 1, 2
    ON CONFLICT (fingerprint, starts_at) DO UPDATE SET
      last_received_at = now(),
      times_received = alerts.times_received + 1,
      annotations = excluded.annotations,
      status = CASE WHEN ${news} THEN excluded.status ELSE alerts.status END,
      ends_at = CASE WHEN ${news} THEN excluded.ends_at ELSE alerts.ends_at END,
      resolved_at = CASE WHEN ${news} THEN excluded.resolved_at ELSE alerts.resolved_at END,
      sequence = CASE WHEN ${news} THEN alerts.sequence + 1 ELSE alerts.sequence END,
      told_at = CASE WHEN ${news} THEN now() ELSE alerts.told_at END,
      told_receipt = CASE WHEN ${news} THEN alerts.times_received + 1 ELSE alerts.told_receipt END
    RETURNING id, fingerprint, starts_at, sequence, told_receipt = times_received AS news`;
}

const urgencies: Readonly<Record<string, number>> = { critical: 0, warning: 1 };

async function addToOutbox(
  tx: Transaction,
  news: ReadonlyArray<{ readonly row: StoredAlert; readonly alert: AlertToRecord }>,
  plan: ChannelPlan,
  maxAgeSeconds: number,
): Promise<void> {
  const messages = new Map<string, SentBefore['message']>();
  const rows = news.flatMap(({ row, alert }) =>
    routeAlert(plan, alert).map((channel) => {
      const sent = alert.sent?.find(({ message }) => message.channel === channel);
      if (sent !== undefined) messages.set(sent.message.id, sent.message);
      return {
        alertId: row.id,
        sequence: row.sequence,
        event: alert.status,
        channel,
        kind: plan.channels[channel]?.kind,
        urgency: urgencies[alert.severity] ?? 2,
        groupKey: alert.groupKey,
        createdAt: alert.receivedAt,
        state: sent === undefined ? 'pending' : 'sent',
        attempts: sent?.attempts ?? 0,
        sentAt: sent?.message.endedAt,
        recipients: sent?.recipients ?? [],
        messageId: sent?.message.id,
      };
    }),
  );
  if (rows.length === 0) return;
  if (messages.size > 0) {
    await tx.message.createMany({ data: [...messages.values()], skipDuplicates: true });
  }
  await tx.$executeRaw`
    INSERT INTO notifications (alert_id, sequence, event, channel, kind, urgency, group_key, expires_at, recipients,
                               created_at, state, attempts, sent_at, message_id)
    SELECT "alertId", "sequence", "event"::"AlertStatus", "channel", "kind", "urgency", "groupKey",
           now() + make_interval(secs => ${maxAgeSeconds}::float8), "recipients",
           COALESCE("createdAt", now()), "state"::"NotificationState", "attempts", "sentAt", "messageId"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS given(
      "alertId" uuid, "sequence" int, "event" text, "channel" text, "kind" text, "urgency" int, "groupKey" text,
      "recipients" text[], "createdAt" timestamptz, "state" text, "attempts" int, "sentAt" timestamptz, "messageId" uuid)
    ON CONFLICT (alert_id, sequence, channel) DO NOTHING`;
}
