import { uids } from '../../dashboards/uids.ts';
import { prometheusWal } from '../../metrics/prometheus-wal.ts';
import { select } from '../../query/promql.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { SERVER } from '../../query/service-labels.ts';
import type { AlertSource } from '../alert.ts';
import { series } from '../test-series.ts';
import { aPrometheus } from './servers-in-tests.ts';

const failed = series(prometheusWal.writesFailed, aPrometheus);

export const prometheusLogBroken: AlertSource = (spec) => ({
  name: 'PrometheusLogBroken',
  severity: 'warning',
  team: 'platform',
  // Of this life of the process: a restart mends the log and begins at 0.
  expr: `max by (${SERVER.join(', ')}) (${select(prometheusWal.writesFailed, ruleScope(spec.time('5m'), spec.histograms))}) > 0`,
  for: '0s',
  summary:
    'Prometheus {{ $labels.instance }} could not write its log: restart it, or hours are lost later',
  description:
    'The write-ahead log is damaged where a write failed, as on a full disk. What has come since is in memory only, and gone with the next restart; what came meanwhile was answered with 200 and not stored.',
  dashboard: { uid: uids.pipeline },
  runbook: {
    symptom:
      'A write to the write-ahead log of Prometheus has failed since it started, and it stores again, or this alert would not have been seen.',
    meaning:
      'Customers notice nothing. Points of the time when nothing could be written are lost; totals are right again with the next export. Until Prometheus is restarted every further point would be lost with it, up to three hours.',
    look: [
      '```sh',
      'df -h <the volume of Prometheus>',
      'npx bellwether stack logs prometheus | grep -iE "no space|corrupt"   # or: docker compose logs prometheus',
      '```',
      '',
      '```promql',
      'prometheus_tsdb_wal_writes_failed_total',
      'prometheus_tsdb_wal_corruptions_total',
      '```',
    ].join('\n'),
    mend: [
      '1. Make room: [DiskFull](DiskFull.md), [DiskFilling](DiskFilling.md).',
      '2. Restart Prometheus then, at once: it cuts its log off where it is damaged, and is safe again. Sooner is better: what has come since the damage is lost by it.',
      '3. Hours have passed already, and are worth keeping? Take a backup before the restart: its snapshot holds what is in memory too.',
      '4. It comes back while there is room: the disk or its file system is broken. `dmesg`.',
    ].join('\n'),
  },
  tests: [
    {
      name: 'the disk was full for a while',
      series: { [failed]: '0x10 _x5 40x10' },
      at: '16m',
      fires: [aPrometheus],
    },
    {
      name: 'restarted since',
      series: { [failed]: '0x10 _x5 40x10 0x10' },
      at: '30m',
      fires: [],
    },
    {
      name: 'all writes succeed',
      series: { [failed]: '0x20' },
      at: '15m',
      fires: [],
    },
  ],
});
