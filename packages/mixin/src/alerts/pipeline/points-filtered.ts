import { uids } from '../../dashboards/uids.ts';
import { collector } from '../../metrics/collector.ts';
import { pointsFiltered as filteredRate } from '../../queries/pipeline-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { SERVER } from '../../query/service-labels.ts';
import { pipelineThresholds } from '../../thresholds/pipeline-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { series } from '../test-series.ts';
import { aCollector } from './servers-in-tests.ts';

const filtered = (filter: string) => series(collector.filteredPoints, { ...aCollector, filter });

export const pointsFiltered: AlertSource = (spec) => ({
  name: 'PointsFiltered',
  severity: 'warning',
  team: 'platform',
  expr: `${filteredRate(ruleScope(spec.time('10m'), spec.histograms), [...SERVER, 'filter'])} > ${pipelineThresholds.pointsLost.warning}`,
  for: spec.time('10m'),
  summary:
    'Collector {{ $labels.instance }} drops {{ printf "%.2f" $value }} points a second by {{ $labels.filter }}',
  description:
    'A sender sends points that Prometheus would refuse together with all others of the same request, so the Collector drops them: delta temporality, no type or name, a time that is minutes off, a tenant id that is none.',
  dashboard: { uid: uids.pipeline },
  runbook: {
    symptom:
      'A filter of the Collector (`filter/delta`, `filter/malformed`, `filter/time`, `filter/tenant`) has dropped points for more than ten minutes.',
    meaning:
      'Customers notice nothing. The metrics of one sender are missing, in whole or in part; those of others are safe.',
    look: [
      '`filter/delta`: a sender with `OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE=delta` (or `lowmemory`), or a receiver of StatsD.',
      '`filter/time`: a host whose clock is more than 5 minutes ahead or 25 behind, or a sender that buffered for so long.',
      '`filter/malformed`: a sender of its own making: metrics without type, temporality or name, exponential histograms of a scale below -4.',
      '`filter/tenant`: a `tenant.id` that has other characters than letters, digits, `.`, `_` and `-`, or is longer than 256: somebody else sets that attribute, or `BELLWETHER_TENANT_PATTERN` of a service allows more than the Collector.',
      '',
      'Who is missing that was there an hour ago?',
      '',
      '```promql',
      'count by (service_name, instance) (present_over_time(process_uptime_seconds[1h])) unless count by (service_name, instance) (present_over_time(process_uptime_seconds[5m]))',
      '```',
    ].join('\n'),
    mend: [
      '1. Set the temporality of that sender to `cumulative`.',
      '2. Mend the clock of that host: `timedatectl`, `chronyc makestep`.',
      '3. Correct that sender; or tell the Collector by `BELLWETHER_COLLECTOR_TENANT_REFUSED` what a tenant id must not match.',
      '4. After an outage of the network, a replay of more than 25 minutes: it ends by itself.',
    ].join('\n'),
  },
  tests: [
    {
      name: 'a new service sends delta, 40 points a minute',
      series: { [filtered('filter/delta')]: '0+40x40', [filtered('filter/time')]: '0x40' },
      at: '30m',
      fires: [{ ...aCollector, filter: 'filter/delta' }],
    },
    {
      name: 'an agent that hands each of two gateways its half',
      series: {
        [filtered('filter/gateway-0')]: '0+400x40',
        [filtered('filter/gateway-1')]: '0+300x40',
      },
      at: '30m',
      fires: [],
    },
    {
      name: 'one late batch',
      series: { [filtered('filter/delta')]: '0x40', [filtered('filter/time')]: '0x10 200x30' },
      at: '35m',
      fires: [],
    },
  ],
});
