import { uids } from '../../dashboards/uids.ts';
import { node } from '../../metrics/node-exporter.ts';
import { diskAvailable, diskUsed, inodesUsed, readOnlyDisks } from '../../queries/host-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { hostThresholds } from '../../thresholds/host-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, percent, promql, shell, steps } from '../prose.ts';
import { disk, machineSeries } from './test-machine.ts';

const { disk: space, inodes } = hostThresholds;

export const diskFull: AlertSource = (spec) => {
  const scope = ruleScope(spec.time('5m'), spec.histograms);
  const look = ruleScope('5m', spec.histograms);
  return {
    name: 'DiskFull',
    severity: 'critical',
    team: 'platform',
    expr: `(${diskUsed(scope)} > ${space.critical} or ${inodesUsed(scope)} > ${inodes.critical}) and ${readOnlyDisks(scope)} == 0`,
    for: spec.time('5m'),
    keepFiringFor: spec.time('5m'),
    summary:
      '{{ $labels.mountpoint }} of {{ $labels.instance }} is {{ $value | humanizePercentage }} full',
    description:
      'There is hardly any space, or no inode, left on this file system. When it ends, PostgreSQL stops, uploads fail, and logs and metrics are lost.',
    dashboard: { uid: uids.system, variables: { 'var-instance': 'instance' } },
    runbook: {
      symptom: `More than ${percent(space.critical)} of the space, or ${percent(inodes.critical)} of the inodes, of a file system that can be written has been in use for five minutes.`,
      meaning:
        'Minutes to hours remain. A full disk under PostgreSQL means that nothing can be changed, and nobody can even log in.',
      look: blocks(
        'Space or inodes, and how fast?',
        promql(diskAvailable(look), inodesUsed(look)),
        shell(
          'df -h <mountpoint>; df -i <mountpoint>',
          'du -xhd2 <mountpoint> | sort -h | tail -20',
          'du -x --inodes -d2 <mountpoint> | sort -n | tail',
          "lsof +L1 | awk '$7 > 1e8'",
        ),
      ),
      mend: steps(
        'Gain space in a minute: `journalctl --vacuum-size=200M`, old packages (`apt-get clean`), core dumps, old releases, heap snapshots.',
        'A file that is deleted but open keeps its space: restart the process that `lsof +L1` names.',
        'PostgreSQL: drop a replication slot that nobody uses (`SELECT pg_drop_replication_slot(...)`). Never delete files of `pg_wal` by hand: it destroys the database.',
        'Enlarge the volume; most file systems grow while mounted (`resize2fs`, `xfs_growfs`).',
        'Afterwards follow [DiskFilling](DiskFilling.md), so that it does not come back.',
      ),
    },
    tests: [
      {
        name: '3 of 100 GB left',
        series: filesystem({ available: '3e9x30' }),
        at: '10m',
        fires: [disk],
      },
      {
        name: 'space for years, but a million small files took the inodes',
        series: filesystem({ available: '60e9x30', inodesFree: '10000x30' }),
        at: '10m',
        fires: [disk],
      },
      {
        name: '3 GB left, and 20 GB that only root may use',
        series: {
          ...filesystem({ available: '3e9x30' }),
          [machineSeries(node.filesystemFree, disk)]: '23e9x30',
        },
        at: '10m',
        fires: [disk],
      },
      {
        name: 'half of it used, the rest reserved but for 8 GB, as `df` counts it',
        series: {
          ...filesystem({ available: '8e9x30' }),
          [machineSeries(node.filesystemFree, disk)]: '50e9x30',
        },
        at: '20m',
        fires: [],
      },
      {
        name: 'full for three minutes, until the file of a big query is gone',
        series: filesystem({ available: '20e9x4 1e9x2 20e9x20' }),
        at: '10m',
        fires: [],
      },
      {
        name: 'full, but in memory or never written: tmpfs and a read-only image',
        series: {
          ...filesystem({ available: '0x30' }, { fstype: 'tmpfs', mountpoint: '/run' }),
          ...filesystem({ available: '0x30', readOnly: '1x30' }, { mountpoint: '/snap/core' }),
        },
        at: '20m',
        fires: [],
      },
      {
        name: 'btrfs has no fixed number of inodes and says 0',
        series: filesystem({ available: '50e9x30', inodes: '0x30', inodesFree: '0x30' }),
        at: '20m',
        fires: [],
      },
      {
        name: 'nine tenths of space and inodes are used',
        series: filesystem({ available: '10e9x30', inodesFree: '100000x30' }),
        at: '20m',
        fires: [],
      },
    ],
  };
};

interface Space {
  readonly available: string;
  readonly inodes?: string;
  readonly inodesFree?: string;
  readonly readOnly?: string;
}

function filesystem(
  { available, inodes = '1000000x30', inodesFree = '900000x30', readOnly = '0x30' }: Space,
  labels: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const place = { ...disk, ...labels };
  return {
    [machineSeries(node.filesystemSize, place)]: '100e9x30',
    [machineSeries(node.filesystemAvailable, place)]: available,
    [machineSeries(node.filesystemFree, place)]: available,
    [machineSeries(node.filesystemReadOnly, place)]: readOnly,
    [machineSeries(node.inodes, place)]: inodes,
    [machineSeries(node.inodesFree, place)]: inodesFree,
  };
}
