import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import {
  backupDuration,
  backupSize,
  intervalsSinceBackup,
  sinceBackup,
} from '../../../queries/backup-queries.ts';
import { panelScope } from '../../../query/query-scope.ts';
import { backupThresholds } from '../../../thresholds/backup-thresholds.ts';
import { type Row, row } from '../../frame/layout.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { stat } from '../../panels/stat.ts';
import { timeSeries } from '../../panels/time-series.ts';

const LEGEND = '{{service_name}} {{deployment_environment_name}}';

/** Whether what was measured would outlive a disk. Empty where nobody makes backups. */
export function backupsRow(spec: ResolvedSpec): Row {
  // The last word of each is looked for as far back as the alerts do.
  const scope = { ...panelScope(spec.histograms), window: '30d' };
  return row('Backups', [
    stat({
      title: 'Since the last backup',
      description: {
        shows: 'How long ago the last backup was made and read back; empty where none is made.',
        matters: 'What came since then is lost, if a disk is.',
        act: 'Longer than planned: `bellwether backup list` says what there is, and its log why there is no younger one.',
      },
      unit: unit.seconds,
      thresholds: neutral,
      width: 4,
      height: 8,
      queries: [query(sinceBackup(scope), LEGEND)],
    }),
    stat({
      title: 'Planned intervals since',
      description: {
        shows: 'The same, in intervals as planned; empty where nobody said how often one is made.',
        matters: 'One may be late or fail, and is made up for; from two on BackupMissed fires.',
        act: 'See whether they fail or are not started: the runbook of BackupMissed says how.',
      },
      unit: unit.plain,
      thresholds: badAbove(backupThresholds.intervals),
      width: 4,
      height: 8,
      queries: [query(intervalsSinceBackup(scope), LEGEND)],
    }),
    timeSeries({
      title: 'Size of a backup',
      description: {
        shows: 'Bytes of the last backup as it is stored.',
        matters: 'One that is suddenly small lacks something.',
        act: 'Was a part left out? `bellwether backup verify` reads it and names what is in it.',
      },
      unit: unit.bytes,
      thresholds: neutral,
      width: 8,
      queries: [query(backupSize(scope), LEGEND)],
    }),
    timeSeries({
      title: 'Time of a backup',
      description: {
        shows: 'Seconds that the last backup took, reading back included.',
        matters: 'It grows with the data. While it runs it takes disk and network.',
        act: 'Keep less in Prometheus, or let it run when nobody needs the disk.',
      },
      unit: unit.seconds,
      thresholds: neutral,
      width: 8,
      queries: [query(backupDuration(scope), LEGEND)],
    }),
  ]);
}
