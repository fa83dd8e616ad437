import { uids } from '../../dashboards/uids.ts';
import { node } from '../../metrics/node-exporter.ts';
import {
  diskAvailable,
  diskForecast,
  diskUsed,
  readOnlyDisks,
} from '../../queries/host-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { durationSeconds } from '../../spec/duration.ts';
import { hostThresholds } from '../../thresholds/host-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, percent, promql, shell, steps } from '../prose.ts';
import { disk, machineSeries } from './test-machine.ts';

const { warning } = hostThresholds.disk;

export const diskFilling: AlertSource = (spec) => {
  const scope = ruleScope(spec.time('6h'), spec.histograms);
  const day = String(durationSeconds(spec.time('24h')));
  const look = ruleScope('6h', spec.histograms);
  return {
    name: 'DiskFilling',
    severity: 'warning',
    team: 'platform',
    expr: `${diskUsed(scope)} > ${warning} and ${diskForecast(day, scope)} < 0 and ${readOnlyDisks(scope)} == 0`,
    for: spec.time('1h'),
    keepFiringFor: spec.time('1h'),
    summary:
      '{{ $labels.mountpoint }} of {{ $labels.instance }} is {{ $value | humanizePercentage }} full and will be full within a day',
    description:
      'At the pace of the last six hours no space is left tomorrow. A database that cannot write stops; Prometheus and the queue of the Collector lose data.',
    dashboard: { uid: uids.system, variables: { 'var-instance': 'instance' } },
    runbook: {
      symptom: `More than ${percent(warning)} of a file system is used, and a line through its last six hours reaches the end within a day. It has done so for an hour.`,
      meaning: 'Nothing today. There is time to do it calmly, in daylight.',
      look: blocks(
        'When is it full, in hours, and since when does it fill?',
        promql(
          `-1 * ${diskAvailable(look)} / deriv(${diskAvailable(look)}[6h]) / 3600 > 0`,
          diskForecast('86400', look),
        ),
        'What grows? Compare two runs some minutes apart:',
        shell(
          'df -h <mountpoint>; df -i <mountpoint>',
          'du -xhd2 <mountpoint> | sort -h | tail -20',
          "find <mountpoint> -xdev -type f -size +500M -mtime -1 -printf '%s %p\\n' | sort -n",
          "lsof +L1 | awk '$7 > 1e8'",
        ),
      ),
      mend: steps(
        'Logs: rotate them, `journalctl --vacuum-size=1G`, and stop whoever writes so much.',
        'PostgreSQL: WAL that a replication slot keeps (`SELECT slot_name, active, restart_lsn FROM pg_replication_slots`), or a table that grows. Never delete files of `pg_wal` by hand.',
        'Prometheus: lower `storage.tsdb.retention`. Look at the number of series first, it may be a label that explodes.',
        'Files that are deleted but open (`lsof +L1`): restart the process that holds them.',
        'It is growth: enlarge the volume.',
      ),
    },
    tests: [
      {
        name: '25 of 100 GB left, 2 GB less each hour',
        interval: '10m',
        series: filesystem('25e9-0.333e9x60'),
        at: '4h',
        fires: [disk],
      },
      {
        name: 'the same pace, with 60 GB left: two thirds of a day are no news yet',
        interval: '10m',
        series: filesystem('60e9-0.5e9x50'),
        at: '4h',
        fires: [],
      },
      {
        name: 'nearly full, but it has been so for ever',
        interval: '10m',
        series: filesystem('10e9x60'),
        at: '6h',
        fires: [],
      },
      {
        name: 'a job that writes 10 GB and clears up each hour',
        interval: '10m',
        series: filesystem(Array(10).fill('25e9 23e9 21e9 19e9 17e9 15e9').join(' ')),
        at: '9h',
        fires: [],
      },
      {
        name: 'a read-only image is full by design',
        interval: '10m',
        series: {
          ...filesystem('25e9-0.333e9x60'),
          [machineSeries(node.filesystemReadOnly, disk)]: '1x60',
        },
        at: '4h',
        fires: [],
      },
      {
        name: 'a download takes 20 GB within half an hour',
        interval: '10m',
        series: filesystem('25e9x29 20e9 12e9 5e9x20'),
        at: '320m',
        fires: [],
      },
    ],
  };
};

function filesystem(available: string): Record<string, string> {
  return {
    [machineSeries(node.filesystemSize, disk)]: '100e9x100',
    [machineSeries(node.filesystemAvailable, disk)]: available,
    [machineSeries(node.filesystemFree, disk)]: available,
    [machineSeries(node.filesystemReadOnly, disk)]: '0x100',
  };
}
