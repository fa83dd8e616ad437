import { uids } from '../../dashboards/uids.ts';
import { prometheusServer } from '../../metrics/prometheus-server.ts';
import { alertsNotTaken } from '../../queries/pipeline-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { SERVER } from '../../query/service-labels.ts';
import type { AlertSource } from '../alert.ts';
import { series } from '../test-series.ts';
import { aPrometheus } from './servers-in-tests.ts';

const to = { ...aPrometheus, alertmanager: 'http://alertmanager:9093/api/v2/alerts' };
const errors = series(prometheusServer.notificationErrors, to);

export const alertsNotDelivered: AlertSource = (spec) => ({
  name: 'AlertsNotDelivered',
  severity: 'warning',
  team: 'platform',
  expr: `${alertsNotTaken(ruleScope(spec.time('5m'), spec.histograms), [...SERVER, 'alertmanager'])} > 0`,
  for: spec.time('5m'),
  summary: 'Prometheus {{ $labels.instance }} cannot hand alerts to {{ $labels.alertmanager }}',
  description:
    'Alertmanager does not take the alerts that Prometheus sends. With several of them the others still do; with one, nobody is told of anything.',
  dashboard: { uid: uids.pipeline },
  runbook: {
    symptom: 'Prometheus has had errors for ten minutes when it sent alerts to one Alertmanager.',
    meaning: 'Customers notice nothing. Alerts come late or not at all.',
    look: [
      '```sh',
      'curl -i http://localhost:9093/-/ready',
      'npx bellwether stack logs prometheus | grep -i alertmanager   # or: docker compose logs prometheus',
      '```',
    ].join('\n'),
    mend: [
      '1. Alertmanager is down: [AlertmanagerDown](AlertmanagerDown.md).',
      '2. It answers 400: an alert of ours has a broken label; the log names it. Take the rule back.',
      '3. The address in `prometheus.yaml` is wrong, or a network policy is in the way.',
    ].join('\n'),
  },
  tests: [
    {
      name: 'each attempt fails',
      series: { [errors]: '0x10 0+3x30' },
      at: '30m',
      fires: [to],
    },
    {
      name: 'a restart of Alertmanager',
      series: { [errors]: '0x10 3x30' },
      at: '30m',
      fires: [],
    },
  ],
});
