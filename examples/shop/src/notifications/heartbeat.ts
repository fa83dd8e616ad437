import type { Logger } from 'pino';
import { commit } from '../database/commit.ts';
import type { Database, Transaction } from '../database/database.ts';
import type { ChannelPlan } from './channel-plan.ts';
import { notificationMeters } from './notification-meters.ts';
import type { NotificationSettings } from './notification-settings.ts';
import { recordAlerts } from './record-alerts.ts';
import { hashOf, type ReceivedAlert } from './webhook-payload.ts';
import { withoutSpans } from './without-spans.ts';

/** The dead man's switch: an alert that always fires keeps it quiet, and its absence is the alarm. */
export interface Heartbeat {
  /** A sign of life has come. Resolves the alarm when there is one. Rejects when it could not be stored. */
  beat(): Promise<void>;
  stop(): Promise<void>;
}

interface Watching {
  readonly database: Database;
  readonly log: Logger;
  readonly plan: ChannelPlan;
  readonly settings: NotificationSettings;
  /** Called after the alarm was raised or resolved. */
  readonly changed: () => void;
}

interface Silence {
  readonly never: boolean;
  readonly seconds: number;
  /** Not longer than this process has been there to listen. */
  readonly heard_seconds: number;
  readonly missing_since: Date | null;
}

const name = 'watchdog';

/**
 * Watches the heartbeat. The state is one row: of several replicas one raises the alarm, and one resolves it. A process that has
 * just started listens for the whole time first, so that its own absence is not taken for another's.
 */
export function watchHeartbeat(watching: Watching): Heartbeat {
  const { database, log, settings, changed } = watching;
  const everyMs = Math.min(5_000, Math.max(100, settings.heartbeatSeconds * 100));
  let running: Promise<void> = Promise.resolve();
  let busy = false;

  async function check(): Promise<void> {
    await insertOnce(database);
    const raised = await commit(database, async (tx, onCommit) => {
      const silence = await lockSilence(tx);
      if (silence === undefined) return false;
      onCommit(() => notificationMeters.heartbeatAge.set(silence.seconds));
      const { never, heard_seconds, missing_since } = silence;
      const limit = never ? settings.heartbeatGraceSeconds : settings.heartbeatSeconds;
      if (missing_since !== null || heard_seconds <= limit) return false;
      const [row] = await tx.$queryRaw<Array<{ missing_since: Date }>>`
        UPDATE heartbeats SET missing_since = now() WHERE name = ${name} RETURNING missing_since`;
      if (row === undefined) return false;
      const alarm = alarmOf(row.missing_since, null, limit);
      await recordAlerts({ tx, onCommit, ...watching }, [alarm]);
      return true;
    });
    if (!raised) return;
    log.error('Expected the heartbeat of the alerting in time, got none: the alarm is raised');
    changed();
  }

  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    running = withoutSpans(check)
      .catch((error: unknown) => log.debug({ err: error }, 'the heartbeat is out of reach'))
      .finally(() => {
        busy = false;
      });
  }, everyMs);
  timer.unref();

  return {
    beat: async () => {
      const resolved = await commit(database, async (tx, onCommit) => {
        const [row] = await tx.$queryRaw<Array<{ missing_since: Date | null }>>`
          INSERT INTO heartbeats AS h (name, last_at) VALUES (${name}, now())
          ON CONFLICT (name) DO UPDATE SET last_at = now() RETURNING missing_since`;
        onCommit(() => notificationMeters.heartbeatAge.set(0));
        const since = row?.missing_since ?? null;
        if (since === null) return false;
        const alarm = alarmOf(since, new Date(), settings.heartbeatSeconds);
        await recordAlerts({ tx, onCommit, ...watching }, [alarm]);
        await tx.heartbeat.update({ where: { name }, data: { missingSince: null } });
        return true;
      });
      if (!resolved) return;
      log.info('the heartbeat is back');
      changed();
    },
    stop: () => {
      clearInterval(timer);
      return running;
    },
  };
}

async function insertOnce(database: Database): Promise<void> {
  await database.$executeRaw`INSERT INTO heartbeats (name) VALUES (${name}) ON CONFLICT DO NOTHING`;
}

/** Undefined while another replica has it. */
async function lockSilence(tx: Transaction): Promise<Silence | undefined> {
  const [row] = await tx.$queryRaw<Silence[]>`
    SELECT last_at IS NULL AS never, missing_since,
      extract(epoch FROM now() - COALESCE(last_at, created_at))::float8 AS seconds,
      LEAST(extract(epoch FROM now() - COALESCE(last_at, created_at))::float8, ${process.uptime()}::float8) AS heard_seconds
    FROM heartbeats WHERE name = ${name} FOR UPDATE SKIP LOCKED`;
  return row;
}

function alarmOf(startsAt: Date, endsAt: Date | null, seconds: number): ReceivedAlert {
  const labels = { alertname: 'HeartbeatMissing', severity: 'critical', team: 'platform' };
  return {
    fingerprint: hashOf('HeartbeatMissing').slice(0, 16),
    startsAt,
    endsAt,
    status: endsAt === null ? 'firing' : 'resolved',
    name: labels.alertname,
    severity: labels.severity,
    team: labels.team,
    service: 'alerting',
    tenantId: null,
    groupKey: hashOf('HeartbeatMissing'),
    labels,
    annotations: {
      summary: `No heartbeat from the alerting for more than ${seconds} s`,
      description:
        'The Watchdog alert no longer arrives: Prometheus, Alertmanager or the way between them and this service is broken, and other alerts may not arrive either.',
    },
  };
}
