import { uids } from '../../dashboards/uids.ts';
import { collector } from '../../metrics/collector.ts';
import { pointsLost } from '../../queries/pipeline-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { SERVER } from '../../query/service-labels.ts';
import type { AlertSource } from '../alert.ts';
import { series } from '../test-series.ts';
import { aCollector, toPrometheus } from './servers-in-tests.ts';

const lost = series(collector.sendFailedPoints, { ...aCollector, ...toPrometheus });
const noRoom = series(collector.enqueueFailedPoints, { ...aCollector, ...toPrometheus });

export const collectorSendFailing: AlertSource = (spec) => ({
  name: 'CollectorSendFailing',
  severity: 'warning',
  team: 'platform',
  expr: pointsLost(ruleScope(spec.time('10m'), spec.histograms), [...SERVER, 'exporter']),
  for: '0s',
  keepFiringFor: spec.time('10m'),
  summary:
    'Collector {{ $labels.instance }} lost {{ printf "%.0f" $value }} metric points on the way to {{ $labels.exporter }}',
  description:
    'Points that the Collector had taken were refused for good by Prometheus, or found no room in the queue. They will never be stored: graphs have a hole there.',
  dashboard: { uid: uids.pipeline },
  runbook: {
    symptom:
      'In the last ten minutes the Collector gave up points. It tries again for ever while Prometheus is away, so this is a refusal (400, 500) or a full queue.',
    meaning:
      'Customers notice nothing. A request is refused as a whole: one bad point costs up to 2,000 points of any service.',
    look: [
      "The Collector's log has the answer of Prometheus in words (`Exporting failed. Dropping data.`):",
      '',
      '```sh',
      'npx bellwether stack logs collector | grep -i dropping   # or: docker compose logs collector',
      '```',
      '',
      '```promql',
      'sum by (code) (increase(prometheus_http_requests_total{handler=~"/api/v1/otlp.*"}[10m]))',
      'sum by (exporter) (increase(otelcol_exporter_enqueue_failed_metric_points[10m]))',
      '```',
    ].join('\n'),
    mend: [
      '1. `out of bounds`, `too old sample` or `duplicate sample`: see [OtlpRejected](OtlpRejected.md) and [SamplesTooOld](SamplesTooOld.md).',
      '2. 500 with `invalid temporality`: a sender uses delta temporality past the filter. Set `OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE=cumulative` there.',
      '3. 404: Prometheus runs without `--web.enable-otlp-receiver`, or the address is wrong.',
      '4. Enqueue failures: the queue is full or its disk is: [CollectorQueueFull](CollectorQueueFull.md).',
    ].join('\n'),
  },
  tests: [
    {
      name: 'the very first batch that is lost, when the counter appears',
      series: { [lost]: '_x20 2000x20' },
      at: '25m',
      fires: [{ ...aCollector, ...toPrometheus }],
    },
    {
      name: 'a full queue loses points all the time',
      series: { [noRoom]: '_x20 0+6000x40' },
      at: '50m',
      fires: [{ ...aCollector, ...toPrometheus }],
    },
    {
      name: 'lost an hour ago, none since',
      series: { [lost]: '_x20 2000x90' },
      at: '90m',
      fires: [],
    },
    {
      name: 'five minutes in which the Collector was not scraped are no new loss',
      series: { [lost]: '2000x60 _x6 2000x30' },
      at: '68m',
      fires: [],
    },
    {
      name: 'never lost: there are no such counters',
      series: { [series(collector.sentPoints, { ...aCollector, ...toPrometheus })]: '0+9000x30' },
      at: '30m',
      fires: [],
    },
  ],
});
