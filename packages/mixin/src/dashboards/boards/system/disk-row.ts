import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import {
  diskAvailable,
  diskBusy,
  diskForecast,
  diskRead,
  diskUsed,
  diskWritten,
  inodesUsed,
} from '../../../queries/host-queries.ts';
import {
  diskReads,
  diskReadTime,
  diskWrites,
  diskWriteTime,
} from '../../../queries/machine-queries.ts';
import { panelScope } from '../../../query/query-scope.ts';
import { hostThresholds } from '../../../thresholds/host-thresholds.ts';
import { type Row, row } from '../../frame/layout.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';

/** Room on disks, and how fast they are. */
export function diskRow({ histograms }: ResolvedSpec): Row {
  const scope = panelScope(histograms);
  const mount = '{{instance}} {{mountpoint}}';
  const device = '{{instance}} {{device}}';
  const lastHours = { ...scope, window: '6h' };
  return row('Disks', [
    timeSeries({
      title: 'Disk space in use',
      description: {
        shows:
          'Share of the space of each file system that is in use, as a program without root sees it.',
        matters: 'A full disk stops PostgreSQL and Prometheus at once.',
        act: 'Find what grew: du -xh / | sort -h | tail. Shorten the retention, then make the disk greater.',
      },
      unit: unit.ratio,
      thresholds: badAbove(hostThresholds.disk),
      max: 1,
      queries: [query(diskUsed(scope), mount)],
    }),
    timeSeries({
      title: 'Disk space, forecast',
      description: {
        shows:
          'Bytes that are free now, and that will be free in a day and in a week when all goes on as in the last 6 hours. Zero: full by then.',
        matters: 'It is the difference between a ticket and a night: most disks fill slowly.',
        act: 'The line for a week at zero: make room in working hours. The line for a day: today.',
      },
      unit: unit.bytes,
      thresholds: neutral,
      queries: [
        query(diskAvailable(scope), `now, ${mount}`),
        query(`clamp_min(${diskForecast('86400', lastHours)}, 0)`, `in a day, ${mount}`),
        query(`clamp_min(${diskForecast('7 * 86400', lastHours)}, 0)`, `in a week, ${mount}`),
      ],
    }),
    timeSeries({
      title: 'Inodes in use',
      description: {
        shows: 'Share of the inodes of each file system that are in use.',
        matters: 'Without one no file can be made, however much space is free.',
        act: 'Look for folders of many small files: caches, sessions, mail queues.',
      },
      unit: unit.ratio,
      thresholds: badAbove(hostThresholds.inodes),
      max: 1,
      queries: [query(inodesUsed(scope), mount)],
    }),
    timeSeries({
      title: 'Disk busy',
      description: {
        shows:
          'Share of time with input or output under way, by device. Fast disks do several at a time: 100 % is not yet full there.',
        matters: 'A busy disk makes commits slow, and with them every order.',
        act: 'See whether reads or writes grew; reads: a cold cache or a missing index. Writes: logs, vacuum, backups.',
      },
      unit: unit.ratio,
      thresholds: badAbove(hostThresholds.diskBusy),
      queries: [query(diskBusy(scope), device)],
    }),
    timeSeries({
      title: 'Disk throughput',
      description: {
        shows: 'Bytes a second read and written, by device.',
        matters: 'Disks in clouds have a limit, and stop dead at it.',
        act: 'Compare with what was paid for; move logs and backups away from the disk of the database.',
      },
      unit: unit.bytesPerSecond,
      thresholds: neutral,
      queries: [
        query(diskRead(scope), `read, ${device}`),
        query(diskWritten(scope), `written, ${device}`),
      ],
    }),
    timeSeries({
      title: 'Disk operations',
      description: {
        shows: 'Reads and writes a second, by device.',
        matters: 'The other limit that clouds have: many small ones end there.',
        act: 'Many small writes: group them into transactions.',
      },
      unit: unit.diskOperationsPerSecond,
      thresholds: neutral,
      queries: [
        query(diskReads(scope), `reads, ${device}`),
        query(diskWrites(scope), `writes, ${device}`),
      ],
    }),
    timeSeries({
      title: 'Time of disk operations',
      description: {
        shows:
          'Seconds of one read and one write on average, by device; nothing while there are none.',
        matters: 'A millisecond is good; ten make every commit slow.',
        act: 'When it grows at the same load, the disk is shared with somebody or fails: look at dmesg.',
      },
      unit: unit.seconds,
      thresholds: neutral,
      width: 24,
      queries: [
        query(diskReadTime(scope), `read, ${device}`),
        query(diskWriteTime(scope), `write, ${device}`),
      ],
    }),
  ]);
}
