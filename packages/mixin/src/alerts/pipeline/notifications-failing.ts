import { uids } from '../../dashboards/uids.ts';
import { alertmanagerServer } from '../../metrics/alertmanager-server.ts';
import { notificationFailureRatio } from '../../queries/pipeline-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { SERVER } from '../../query/service-labels.ts';
import { pipelineThresholds } from '../../thresholds/pipeline-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { series } from '../test-series.ts';
import { anAlertmanager } from './servers-in-tests.ts';

const webhook = { ...anAlertmanager, integration: 'webhook' };
const of = (tried: string, failed: string) => ({
  [series(alertmanagerServer.notifications, webhook)]: tried,
  [series(alertmanagerServer.notificationsFailed, { ...webhook, reason: 'clientError' })]: failed,
  [series(alertmanagerServer.notificationsFailed, { ...webhook, reason: 'serverError' })]: '0x60',
});

export const notificationsFailing: AlertSource = (spec) => ({
  name: 'NotificationsFailing',
  severity: 'warning',
  team: 'platform',
  expr: `${notificationFailureRatio(ruleScope(spec.time('15m'), spec.histograms), [...SERVER, 'integration'])} > ${pipelineThresholds.notificationFailureRatio.warning}`,
  for: spec.time('5m'),
  summary:
    'Alertmanager {{ $labels.instance }} cannot deliver {{ $value | humanizePercentage }} of its notifications by {{ $labels.integration }}',
  description:
    'Alertmanager gave up notifications after all its retries. Whoever is reached by this integration only does not learn of alerts.',
  dashboard: { uid: uids.pipeline },
  runbook: {
    symptom: `More than ${pipelineThresholds.notificationFailureRatio.warning * 100} % of the notifications of one integration were given up in the last 15 minutes.`,
    meaning:
      'Customers notice nothing. People who should be told are not: treat this as seriously as the alerts that may be missed.',
    look: [
      '```sh',
      'npx bellwether stack logs alertmanager | grep -i "notify"   # or: docker compose logs alertmanager',
      '```',
      '',
      '```promql',
      'sum by (integration, reason) (increase(alertmanager_notifications_failed_total[15m])) > 0',
      'ALERTS{alertstate="firing"}',
      '```',
      '',
      '`clientError` is a wrong or expired secret, or a receiver that is gone; `serverError` and `contextDeadlineExceeded` are the other side.',
    ].join('\n'),
    mend: [
      '1. `webhook`: is the notification service up, and is the token of both sides the same file? It answers 401 when it is not.',
      '2. A secret was changed: put the new one into its file (no restart is needed) and watch the ratio fall.',
      '3. The other side has an incident: tell the people on call by another channel, and route to it until it is over.',
    ].join('\n'),
  },
  tests: [
    {
      name: 'the token expired: all fail',
      series: of('0+2x60', '0+2x60'),
      at: '30m',
      fires: [webhook],
    },
    {
      name: 'all are delivered',
      series: of('0+2x60', '0x60'),
      at: '30m',
      fires: [],
    },
    {
      name: 'nothing to deliver',
      series: of('0x60', '0x60'),
      at: '30m',
      fires: [],
    },
  ],
});
