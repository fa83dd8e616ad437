import type { Logger } from 'pino';
import { commit, type OnCommit } from '../database/commit.ts';
import type { Database, Transaction } from '../database/database.ts';
import type { ChannelPlan } from './channel-plan.ts';
import { alarmOf, alone, isReminderDue } from './heartbeat-alarm.ts';
import { inTime } from './in-time.ts';
import { notificationMeters } from './notification-meters.ts';
import type { NotificationSettings } from './notification-settings.ts';
import { recordAlerts } from './record-alerts.ts';
import type { DirectTeller } from './tell-directly.ts';
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
  readonly direct: DirectTeller;
  /** Called after the alarm was raised or resolved. */
  readonly changed: () => void;
}

interface Silence {
  readonly never: boolean;
  readonly seconds: number;
  readonly missing_since: Date | null;
}

const name = 'watchdog';
/** Seconds: a database that hangs is away as well. */
const patience = 20;

/**
 * Watches the heartbeat. The state is one row: of several replicas one raises the alarm, and one resolves it. A process that has
 * just started, or has the database again, listens for the whole time first, so that its own absence is not taken for another's.
 *
 * While the database is away each process watches by what it knows itself, and tells directly. Another replica may get the
 * heartbeats: a process that did not get the last one itself waits for the grace. When the database is back it takes over the alarm.
 */
export function watchHeartbeat(watching: Watching): Heartbeat {
  const { database, log, settings, direct, changed } = watching;
  const everyMs = Math.min(5_000, Math.max(100, settings.heartbeatSeconds * 100));
  let running: Promise<void> = Promise.resolve();
  let busy = false;
  /** All by the clock of this process, in milliseconds since its start. */
  let heardAt = 0;
  let awayAt = 0;
  /** Whether the last heartbeat came to this process, and whether an alarm is in the row. */
  let heardHere = false;
  let missing = false;
  /** The alarm that was raised without the database, until the row has it. */
  let raisedAlone: Date | null = null;

  const secondsSince = (at: number) => (performance.now() - at) / 1_000;

  async function check(): Promise<void> {
    await direct.store();
    const raised = await inTime(patience, commit(database, lookInRow));
    if (!raised) return;
    log.error('Expected the heartbeat of the alerting in time, got none: the alarm is raised');
    changed();
  }

  async function lookInRow(tx: Transaction, onCommit: OnCommit): Promise<boolean> {
    await insertOnce(tx);
    const silence = await lockSilence(tx);
    if (silence === undefined) return false;
    const { missing_since } = silence;
    const never = silence.never && !heardHere;
    // What came while the database was away is not in the row.
    const seconds = heardHere ? Math.min(silence.seconds, secondsSince(heardAt)) : silence.seconds;
    onCommit(() => {
      notificationMeters.heartbeatAge.set(seconds);
      missing = missing_since !== null;
      const knownAt = performance.now() - silence.seconds * 1_000;
      // A heartbeat of our own is in the row a moment after we heard it.
      if (silence.never || knownAt <= heardAt + 1_000) return;
      heardAt = knownAt;
      heardHere = false;
    });
    if (missing_since !== null) {
      onCommit(() => {
        raisedAlone = null;
      });
      return await remind(tx, onCommit, missing_since);
    }
    if (raisedAlone !== null) return await takeOver(tx, onCommit, raisedAlone, seconds);
    const limit = never ? settings.heartbeatGraceSeconds : settings.heartbeatSeconds;
    if (Math.min(seconds, secondsSince(awayAt)) <= limit) return false;
    const [row] = await tx.$queryRaw<Array<{ missing_since: Date }>>`
      UPDATE heartbeats SET missing_since = now() WHERE name = ${name} RETURNING missing_since`;
    if (row === undefined) return false;
    const alarm = alarmOf(row.missing_since, null, limit);
    await recordAlerts({ tx, onCommit, ...watching }, [alarm]);
    onCommit(() => {
      missing = true;
    });
    return true;
  }

  async function remind(tx: Transaction, onCommit: OnCommit, since: Date): Promise<boolean> {
    if (!(await isReminderDue(tx, since, settings))) return false;
    const alarm = alarmOf(since, null, settings.heartbeatSeconds);
    await recordAlerts({ tx, onCommit, ...watching }, [alarm]);
    return true;
  }

  /** The row gets the alarm that was raised without it, or that is over when another replica has heard something since. */
  async function takeOver(
    tx: Transaction,
    onCommit: OnCommit,
    since: Date,
    seconds: number,
  ): Promise<boolean> {
    const over = seconds * 1_000 < Date.now() - since.getTime();
    const alarm = alarmOf(since, over ? new Date() : null, settings.heartbeatSeconds);
    await recordAlerts({ tx, onCommit, ...watching }, [alarm]);
    if (!over) await tx.heartbeat.update({ where: { name }, data: { missingSince: since } });
    onCommit(() => {
      raisedAlone = null;
      missing = !over;
    });
    return false;
  }

  function checkAlone(): void {
    awayAt = performance.now();
    const seconds = secondsSince(heardAt);
    notificationMeters.heartbeatAge.set(seconds);
    const limit = heardHere ? settings.heartbeatSeconds : settings.heartbeatGraceSeconds;
    if (missing || raisedAlone !== null || seconds <= limit) return;
    raisedAlone = new Date();
    log.error('Expected the heartbeat and the database in time, got none: the alarm is raised');
    direct.tell([alarmOf(raisedAlone, null, limit, alone)]);
  }

  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    running = withoutSpans(check)
      .catch((error: unknown) => {
        log.debug({ err: error }, 'the heartbeat is out of reach');
        checkAlone();
      })
      .finally(() => {
        busy = false;
      });
  }, everyMs);
  timer.unref();

  async function storeBeat(tx: Transaction, onCommit: OnCommit): Promise<boolean> {
    const [row] = await tx.$queryRaw<Array<{ missing_since: Date | null }>>`
      INSERT INTO heartbeats AS h (name, last_at) VALUES (${name}, now())
      ON CONFLICT (name) DO UPDATE SET last_at = now() RETURNING missing_since`;
    const since = row?.missing_since ?? raisedAlone;
    onCommit(() => {
      notificationMeters.heartbeatAge.set(0);
      missing = false;
      raisedAlone = null;
    });
    if (since === null) return false;
    const alarm = alarmOf(since, new Date(), settings.heartbeatSeconds);
    await recordAlerts({ tx, onCommit, ...watching }, [alarm]);
    // Replicas that were without the database have raised their own: one end is enough for people.
    await tx.alert.updateMany({
      where: { fingerprint: alarm.fingerprint, status: 'firing' },
      data: { status: 'resolved', resolvedAt: new Date(), endsAt: new Date() },
    });
    await tx.heartbeat.update({ where: { name }, data: { missingSince: null } });
    return true;
  }

  return {
    beat: async () => {
      heardAt = performance.now();
      heardHere = true;
      try {
        await direct.store();
        if (!(await inTime(patience, commit(database, storeBeat)))) return;
      } catch (error) {
        const since = raisedAlone;
        if (since !== null) {
          const end = alarmOf(since, new Date(), settings.heartbeatSeconds, alone);
          // Otherwise it is stored already, and is ended there.
          if (direct.tell([end]) > 0) raisedAlone = null;
        }
        throw error;
      }
      log.info('the heartbeat is back');
      changed();
    },
    stop: () => {
      clearInterval(timer);
      return running;
    },
  };
}

async function insertOnce(tx: Transaction): Promise<void> {
  await tx.$executeRaw`INSERT INTO heartbeats (name) VALUES (${name}) ON CONFLICT DO NOTHING`;
}

/** Undefined while another replica has it. */
async function lockSilence(tx: Transaction): Promise<Silence | undefined> {
  const [row] = await tx.$queryRaw<Silence[]>`
    SELECT last_at IS NULL AS never, missing_since,
      extract(epoch FROM now() - COALESCE(last_at, created_at))::float8 AS seconds
    FROM heartbeats WHERE name = ${name} FOR UPDATE SKIP LOCKED`;
  return row;
}
