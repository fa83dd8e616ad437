import { uids } from '../../dashboards/uids.ts';
import { prometheusServer } from '../../metrics/prometheus-server.ts';
import { otlpRejectedRequests } from '../../queries/pipeline-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { pipelineThresholds } from '../../thresholds/pipeline-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { series } from '../test-series.ts';
import { aPrometheus } from './servers-in-tests.ts';

const answers = (code: string) =>
  series(prometheusServer.httpRequests, {
    ...aPrometheus,
    handler: '/api/v1/otlp/v1/metrics',
    code,
  });

export const otlpRejected: AlertSource = (spec) => ({
  name: 'OtlpRejected',
  severity: 'warning',
  team: 'platform',
  expr: `${otlpRejectedRequests(ruleScope(spec.time('10m'), spec.histograms), ['job', 'instance', 'code'])} > ${pipelineThresholds.otlpRejected.warning}`,
  for: '0s',
  keepFiringFor: spec.time('10m'),
  summary:
    'Prometheus {{ $labels.instance }} answered {{ printf "%.0f" $value }} OTLP requests with {{ $labels.code }}',
  description:
    'Prometheus takes or refuses an OTLP request as a whole. The Collector does not send a 400 or 500 again: up to 2,000 points of any service are lost with each.',
  dashboard: { uid: uids.pipeline },
  runbook: {
    symptom: 'In the last ten minutes the OTLP endpoint of Prometheus gave answers other than 2xx.',
    meaning:
      'Customers notice nothing. Metrics of all services have holes, of those too that sent nothing wrong.',
    look: [
      'The reason is in the logs of both sides:',
      '',
      '```sh',
      'npx bellwether stack logs prometheus | grep -i otlp    # or: docker compose logs prometheus',
      'npx bellwether stack logs collector | grep -i dropping # or: docker compose logs collector',
      '```',
      '',
      '```promql',
      'sum by (code) (increase(prometheus_http_requests_total{handler=~"/api/v1/otlp.*"}[10m]))',
      'sum by (filter) (increase(otelcol_processor_filter_datapoints_filtered[10m]))',
      '```',
    ].join('\n'),
    mend: [
      '1. `out of bounds` or `too far in the future`: a host with a wrong clock. The log names the series; mend its clock (`chronyc tracking`).',
      '2. `duplicate sample for timestamp`: two processes send one series. Give each its own `service.instance.id`.',
      '3. `invalid temporality`: a sender uses delta. Set it to cumulative; `filter/delta` of the Collector should have dropped it: is the configuration ours?',
      '4. 503 or 429: Prometheus is overloaded; those are sent again and not lost.',
    ].join('\n'),
  },
  tests: [
    {
      name: 'the first 400, when its counter appears',
      series: { [answers('200')]: '0+30x40', [answers('400')]: '_x20 1x20' },
      at: '25m',
      fires: [{ ...aPrometheus, code: '400' }],
    },
    {
      name: 'every other request is a 500',
      series: { [answers('200')]: '0+15x40', [answers('500')]: '0+15x40' },
      at: '30m',
      fires: [{ ...aPrometheus, code: '500' }],
    },
    {
      name: 'all are taken',
      series: { [answers('200')]: '0+30x40' },
      at: '30m',
      fires: [],
    },
    {
      name: 'a 400 an hour ago',
      series: { [answers('200')]: '0+30x100', [answers('400')]: '_x20 1x80' },
      at: '90m',
      fires: [],
    },
  ],
});
