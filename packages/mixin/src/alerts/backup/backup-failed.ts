import { uids } from '../../dashboards/uids.ts';
import { lastBackupFailed, sinceBackup } from '../../queries/backup-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, promql, shell, steps } from '../prose.ts';
import { backups, failure, HOUR, success } from './test-backup.ts';

export const backupFailed: AlertSource = (spec) => {
  const scope = ruleScope(spec.time('30d'), spec.histograms);
  const look = ruleScope('30d', spec.histograms);
  return {
    name: 'BackupFailed',
    severity: 'warning',
    team: 'platform',
    expr: lastBackupFailed(scope),
    // A backup that runs on tries again after a quarter of an hour.
    for: spec.time('30m'),
    summary: 'The last backup by {{ $labels.service_name }} failed',
    description:
      'A backup was begun and not finished, and none was made since. Earlier ones are as they were; what is new since the last of them is saved nowhere.',
    dashboard: {
      uid: uids.pipeline,
      variables: { 'var-environment': 'deployment_environment_name' },
    },
    runbook: {
      symptom: 'The last try to make a backup failed half an hour ago or longer.',
      meaning:
        'Customers notice nothing. Each further night makes the loss greater, if there is one.',
      look: blocks(
        'It says in one line why:',
        shell(
          'docker compose logs --tail 20 backup   # in containers',
          'journalctl -u bellwether-backup --since -3d',
          'bellwether backup --dry-run --to <place> ...   # asks every server, saves nothing',
        ),
        promql(sinceBackup(look)),
      ),
      mend: steps(
        '`ERR_BACKUP_STORE`: the place is full, away, or refuses. Make room, or see to the keys of the bucket.',
        'A server does not answer: its own alert says which. PostgreSQL needs a `pg_dump` of its version or newer.',
        '`ERR_PROMETHEUS_ADMIN`: is the guard there, and is its token the one in the file?',
        'Make one by hand, and read it back: `bellwether backup verify --from <place>`.',
      ),
    },
    tests: [
      {
        name: 'made on the first night, failed on the second',
        interval: '1h',
        series: { [success]: `_ _ ${2 * HOUR} _x70`, [failure]: `_x26 ${26 * HOUR} _x70` },
        at: '28h',
        fires: [backups],
      },
      {
        name: 'none was ever made',
        interval: '1h',
        series: { [failure]: `_ _ ${2 * HOUR} _x70` },
        at: '4h',
        fires: [backups],
      },
      {
        name: 'failed, and made a quarter of an hour later',
        interval: '15m',
        series: { [failure]: `_x8 ${2 * HOUR}x70`, [success]: `_x9 ${2.25 * HOUR}x70` },
        at: '4h',
        fires: [],
      },
      {
        name: 'never failed',
        interval: '1h',
        series: { [success]: `_ _ ${2 * HOUR} _x70` },
        at: '28h',
        fires: [],
      },
    ],
  };
};
