import { uids } from '../../dashboards/uids.ts';
import { collector } from '../../metrics/collector.ts';
import { pointsSent, queueSize } from '../../queries/pipeline-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { SERVER } from '../../query/service-labels.ts';
import type { AlertSource } from '../alert.ts';
import { series } from '../test-series.ts';
import { aCollector, toPrometheus } from './servers-in-tests.ts';

const sent = series(collector.sentPoints, {
  ...aCollector,
  ...toPrometheus,
  server_address: 'prometheus',
});
const waiting = series(collector.queueSize, {
  ...aCollector,
  ...toPrometheus,
  data_type: 'metrics',
});

export const collectorNotDelivering: AlertSource = (spec) => {
  const scope = ruleScope(spec.time('2m'), spec.histograms);
  const by = [...SERVER, 'exporter'];
  return {
    name: 'CollectorNotDelivering',
    severity: 'critical',
    team: 'platform',
    expr: `${queueSize(scope, by, ['data_type="metrics"'])} > 0 unless ${pointsSent(scope, by)} > 0`,
    for: spec.time('2m'),
    summary:
      'Collector {{ $labels.instance }} delivers nothing to {{ $labels.exporter }}: dashboards and alerts stand still',
    description:
      'Points wait in the queue of the Collector and not one has been taken for minutes. Nothing is lost while the queue has room, but nobody sees what services do now.',
    dashboard: { uid: uids.pipeline },
    runbook: {
      symptom:
        'For four minutes the Collector has had points in its queue, and Prometheus took none of them. It can scrape the Collector, so it runs.',
      meaning:
        'Customers notice nothing. You are blind: alerts about services see no samples and cannot fire.',
      look: [
        '```sh',
        'npx bellwether stack logs collector | tail -20   # or: docker compose logs --tail 20 collector',
        '```',
        '',
        '```promql',
        'otelcol_exporter_queue_size / otelcol_exporter_queue_capacity',
        'sum by (code) (rate(prometheus_http_requests_total{handler=~"/api/v1/otlp.*"}[5m]))',
        '```',
        '',
        '`connection refused` or `no such host`: address or network. `deadline exceeded`: Prometheus is too slow. 503: it is starting, or overloaded.',
      ].join('\n'),
      mend: [
        '1. The address of Prometheus changed: correct `BELLWETHER_PROMETHEUS_OTLP_URL` and restart the Collector; its queue is on disk and is kept.',
        '2. A network policy, a proxy or a certificate between the two: put it back as it was.',
        '3. Prometheus is overloaded: end the heavy query (`/api/v1/status/runtimeinfo`, its CPU), or give it more.',
        '4. Be done before the queue is full and within 30 minutes: what is older is refused.',
      ].join('\n'),
    },
    tests: [
      {
        name: 'the way to Prometheus is cut: points pile up',
        series: { [sent]: '0+9000x10 90000x20', [waiting]: '0x10 0+9000x20' },
        at: '16m',
        fires: [{ ...aCollector, ...toPrometheus }],
      },
      {
        name: 'never delivered since its start: there is no such counter',
        series: { [waiting]: '0+9000x30' },
        at: '10m',
        fires: [{ ...aCollector, ...toPrometheus }],
      },
      {
        name: 'a minute of it, as when Prometheus restarts',
        series: { [sent]: '0+9000x10 90000 90000 99000+9000x20', [waiting]: '0x10 9000 0x20' },
        at: '12m',
        fires: [],
      },
      {
        name: 'a queue that drains',
        series: { [sent]: '0+90000x30', [waiting]: '900000-9000x30' },
        at: '20m',
        fires: [],
      },
      {
        name: 'a queue of spans, which are no metric points',
        series: {
          [series(collector.queueSize, {
            ...aCollector,
            exporter: 'otlp/traces',
            data_type: 'traces',
          })]: '50x30',
        },
        at: '20m',
        fires: [],
      },
      {
        name: 'nobody sends anything at night',
        series: { [sent]: '90000x30', [waiting]: '0x30' },
        at: '20m',
        fires: [],
      },
    ],
  };
};
