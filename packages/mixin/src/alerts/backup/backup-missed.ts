import { uids } from '../../dashboards/uids.ts';
import { backupInterval, lastBackupFailed, sinceBackup } from '../../queries/backup-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { backupThresholds } from '../../thresholds/backup-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, promql, shell, steps } from '../prose.ts';
import { backups, DAY, HOUR, interval, success } from './test-backup.ts';

/** Nothing is said of those who do not use backups, or make them by hand: no interval is known of them. */
export const backupMissed: AlertSource = (spec) => {
  const scope = ruleScope(spec.time('30d'), spec.histograms);
  const look = ruleScope('30d', spec.histograms);
  return {
    name: 'BackupMissed',
    severity: 'warning',
    team: 'platform',
    expr: `${sinceBackup(scope)} > ${backupThresholds.intervals.warning} * ${backupInterval(scope)}`,
    for: spec.time('15m'),
    summary: 'No backup by {{ $labels.service_name }} for {{ $value | humanizeDuration }}',
    description:
      'The last backup is older than two of the planned intervals. If a disk is lost now, everything since then is lost with it. It is told until a month after the last one.',
    dashboard: {
      uid: uids.pipeline,
      variables: { 'var-environment': 'deployment_environment_name' },
    },
    runbook: {
      symptom:
        'More than twice the planned time has gone by since the last backup that was made and read back.',
      meaning: 'Customers notice nothing, until the day when a backup is needed.',
      look: blocks(
        'What is there, and what did the last try say?',
        shell(
          'bellwether backup list --from <place>',
          'docker compose logs --tail 20 backup   # in containers',
          'systemctl list-timers; journalctl -u bellwether-backup --since -3d',
        ),
        promql(sinceBackup(look), lastBackupFailed(look)),
        'The list has younger ones: they are made, and not told. Does their machine reach the Collector (`OTEL_EXPORTER_OTLP_ENDPOINT`)?',
      ),
      mend: steps(
        'It fails: follow [BackupFailed](BackupFailed.md).',
        'Nobody starts it: the container, the timer or the machine is away. Start it; make one by hand now.',
        'It is made less often than was said: correct `--every`, or `--expect-every` where something else starts it.',
        'Backups ended on purpose: silence the alert for a month.',
      ),
    },
    tests: [
      {
        name: 'two nights without one',
        interval: '1h',
        series: { [success]: `_ _ ${2 * HOUR} _x70`, [interval]: `_ _ ${DAY} _x70` },
        at: '52h',
        fires: [backups],
      },
      {
        name: 'it says again and again that the last one was of Monday',
        interval: '1h',
        series: { [success]: `_ _ ${2 * HOUR}x70`, [interval]: `_ _ ${DAY}x70` },
        at: '52h',
        fires: [backups],
      },
      {
        name: 'one night without one',
        interval: '1h',
        series: { [success]: `_ _ ${2 * HOUR} _x70`, [interval]: `_ _ ${DAY} _x70` },
        at: '48h',
        fires: [],
      },
      {
        name: 'once a week',
        interval: '1h',
        series: { [success]: `_ _ ${2 * HOUR} _x240`, [interval]: `_ _ ${7 * DAY} _x240` },
        at: '9d',
        fires: [],
      },
      {
        name: 'made by hand, once',
        interval: '1h',
        series: { [success]: `_ _ ${2 * HOUR} _x240` },
        at: '9d',
        fires: [],
      },
    ],
  };
};
