import type { Transaction } from '../database/database.ts';
import type { NotificationSettings } from './notification-settings.ts';
import { hashOf, type ReceivedAlert } from './webhook-payload.ts';

const fingerprint = hashOf('HeartbeatMissing').slice(0, 16);

/** What an alarm says besides that is raised while nobody could be asked what other replicas have heard. */
export const alone =
  ' The database of this service is away as well, so that it counts only what has reached this process.';

/** The alarm about a heartbeat that was away for more than so many seconds. */
export function alarmOf(
  startsAt: Date,
  endsAt: Date | null,
  seconds: number,
  more = '',
): ReceivedAlert {
  const labels = { alertname: 'HeartbeatMissing', severity: 'critical', team: 'platform' };
  return {
    fingerprint,
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
      description: `The Watchdog alert no longer arrives: Prometheus, Alertmanager or the way between them and this service is broken, and other alerts may not arrive either.${more}`,
      runbook_url: 'docs/runbooks/HeartbeatMissing.md',
    },
  };
}

/** Whether people were told of this alarm so long ago that they are told again: Alertmanager, which repeats all others, is what is missing. */
export async function isReminderDue(
  tx: Transaction,
  since: Date,
  { remindSeconds }: Pick<NotificationSettings, 'remindSeconds'>,
): Promise<boolean> {
  const [row] = await tx.$queryRaw<Array<{ due: boolean }>>`
    SELECT told_at < now() - make_interval(secs => ${remindSeconds}::float8) AS due
    FROM alerts WHERE fingerprint = ${fingerprint} AND starts_at = ${since} AND status = 'firing'`;
  return row?.due === true;
}
