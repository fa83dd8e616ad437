import { uids } from '../../dashboards/uids.ts';
import { prometheusServer } from '../../metrics/prometheus-server.ts';
import { samplesOutOfBounds, samplesTooOld as tooOld } from '../../queries/pipeline-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { SERVER } from '../../query/service-labels.ts';
import { pipelineThresholds } from '../../thresholds/pipeline-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { series } from '../test-series.ts';
import { aPrometheus } from './servers-in-tests.ts';

const refused = series(prometheusServer.samplesTooOld, { ...aPrometheus, type: 'float' });
const { pointsLost } = pipelineThresholds;

export const samplesTooOld: AlertSource = (spec) => {
  const scope = ruleScope(spec.time('10m'), spec.histograms);
  const by = SERVER;
  return {
    name: 'SamplesTooOld',
    severity: 'warning',
    team: 'platform',
    expr: `${tooOld(scope, by)} > ${pointsLost.warning} or ${samplesOutOfBounds(scope, by)} > ${pointsLost.warning}`,
    for: spec.time('2m'),
    summary:
      'Prometheus {{ $labels.instance }} refuses {{ printf "%.2f" $value }} samples a second for their age',
    description:
      'Samples arrive that are older than Prometheus takes. Either the Collector replays an outage longer than the window, or a host has a wrong clock.',
    dashboard: { uid: uids.pipeline },
    runbook: {
      symptom:
        'Prometheus has refused samples for being too old or out of bounds in the last ten minutes.',
      meaning:
        'Customers notice nothing. The time that those samples belong to stays empty on dashboards.',
      look: [
        '```promql',
        'increase(prometheus_tsdb_too_old_samples_total[10m])',
        'increase(prometheus_tsdb_out_of_bound_samples_total[10m])',
        'otelcol_exporter_queue_size',
        '```',
        '',
        'With a queue that drains it is a replay. Without one it is a clock: compare `date -u` of the hosts.',
      ].join('\n'),
      mend: [
        '1. A replay after an outage of more than 30 minutes: the rest will be taken. To keep more next time raise `out_of_order_time_window` in `prometheus/prometheus.yaml`; it costs memory.',
        '2. A clock: mend it on that host (`chronyc makestep`).',
        '3. Somebody imports old data through OTLP: use `promtool tsdb create-blocks-from` instead.',
      ].join('\n'),
    },
    tests: [
      {
        name: 'the replay of an hour',
        series: { [refused]: '0x10 0+2000x20' },
        at: '20m',
        fires: [aPrometheus],
      },
      {
        name: 'a clock that is hours ahead',
        series: {
          [series(prometheusServer.samplesOutOfBounds, { ...aPrometheus, type: 'float' })]:
            '0x10 0+20x20',
        },
        at: '20m',
        fires: [aPrometheus],
      },
      {
        name: 'none',
        series: { [refused]: '0x40' },
        at: '30m',
        fires: [],
      },
    ],
  };
};
