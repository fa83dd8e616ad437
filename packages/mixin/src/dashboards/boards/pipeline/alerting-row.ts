import { alertmanagerServer } from '../../../metrics/alertmanager-server.ts';
import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import { notifications } from '../../../queries/business-queries.ts';
import { watchdog } from '../../../queries/freshness-queries.ts';
import {
  alertsHeld,
  alertsNotTaken,
  alertsSent,
  notificationFailureRatio,
  notificationsGivenUp,
  notificationsTried,
} from '../../../queries/pipeline-queries.ts';
import { orZero } from '../../../query/or-zero.ts';
import { perHour } from '../../../query/per-hour.ts';
import { mean } from '../../../query/promql.ts';
import { panelScope } from '../../../query/query-scope.ts';
import { infrastructureThresholds } from '../../../thresholds/infrastructure-thresholds.ts';
import { pipelineThresholds } from '../../../thresholds/pipeline-thresholds.ts';
import { type Row, row } from '../../frame/layout.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, badBelow, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { stat } from '../../panels/stat.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { whenKnown } from '../business/when-known.ts';

const INTEGRATION = ['integration'];

/** From a rule that fires to a person who reads. */
export function alertingRow(spec: ResolvedSpec): Row {
  const scope = panelScope(spec.histograms);
  const delivery = `(${mean(alertmanagerServer.notificationLatency, scope, { by: INTEGRATION })} >= 0)`;
  const tried = notificationsTried(scope, INTEGRATION);
  return row('Alerts and notifications', [
    stat({
      title: 'Watchdog',
      description: {
        shows: '1 while the alert fires that always fires.',
        matters:
          'It proves that rules are evaluated and reach people. While it is silent, no other alert comes either.',
        act: '0: are the rule files loaded, does Prometheus reach Alertmanager? The heartbeat receiver should have told you.',
      },
      unit: unit.plain,
      thresholds: badBelow(infrastructureThresholds.watchdog),
      width: 4,
      height: 8,
      queries: [query(watchdog, 'Watchdog')],
    }),
    timeSeries({
      title: 'Alerts held',
      description: {
        shows:
          'Alerts that Alertmanager holds, by state: active ones are notified, suppressed ones are silenced or inhibited.',
        matters: 'Many suppressed ones may hide a real one.',
        act: 'Look through the silences in Alertmanager and end those whose reason is over.',
      },
      unit: unit.count,
      thresholds: neutral,
      width: 10,
      queries: [query(alertsHeld(scope, ['state']), '{{state}}')],
    }),
    timeSeries({
      title: 'Alerts from Prometheus',
      description: {
        shows:
          'Alerts a second that Prometheus gave to Alertmanager, and those that were not taken.',
        matters: 'What Alertmanager does not take, nobody hears of.',
        act: 'Is it up? See Targets on System and infrastructure, and the address in prometheus.yaml.',
      },
      unit: unit.countsPerSecond,
      thresholds: neutral,
      width: 10,
      queries: [
        query(alertsSent(scope), 'sent'),
        query(orZero(alertsNotTaken(scope), alertsSent(scope)), 'not taken'),
      ],
    }),
    timeSeries({
      title: 'Notifications by integration',
      description: {
        shows: 'Notifications an hour that Alertmanager sent, the six busiest integrations.',
        matters:
          'Too many and nobody reads them; none for days and nobody knows whether they work.',
        act: 'Too many: group more, raise a threshold, delete an alert that nobody acts on.',
      },
      unit: unit.count,
      thresholds: neutral,
      width: 12,
      queries: [query(`topk(6, ${perHour(tried)})`, '{{integration}}')],
    }),
    timeSeries({
      title: 'Notifications given up',
      description: {
        shows: 'Notifications an hour that Alertmanager gave up after all retries, by reason.',
        matters: 'Somebody was to be told and was not.',
        act: 'clientError: token or address are wrong. serverError: the receiver is ill. Its log has the answer.',
      },
      unit: unit.count,
      thresholds: neutral,
      width: 12,
      queries: [query(perHour(notificationsGivenUp(scope, ['reason'])), '{{reason}}')],
    }),
    timeSeries({
      title: 'Share of notifications given up',
      description: {
        shows:
          'Notifications that Alertmanager gave up as a share of all, by integration; zero while none is sent.',
        matters: 'Whoever is reached by that integration only does not learn of alerts.',
        act: 'See the reason beside it. Until it works, watch the alerts of Alertmanager yourself.',
      },
      unit: unit.ratio,
      thresholds: badAbove(pipelineThresholds.notificationFailureRatio),
      width: 12,
      queries: [
        query(
          `topk(6, ${orZero(notificationFailureRatio(scope, INTEGRATION), tried)})`,
          '{{integration}}',
        ),
      ],
    }),
    timeSeries({
      title: 'Time to deliver',
      description: {
        shows:
          'Seconds that a notification took on average, by integration; nothing while none is sent.',
        matters: 'It is part of the time until somebody looks.',
        act: 'Seconds are fine, minutes are retries: see Notifications given up and the log of Alertmanager.',
      },
      unit: unit.seconds,
      thresholds: neutral,
      width: 12,
      queries: [query(`topk(6, ${orZero(delivery, tried)})`, '{{integration}}')],
    }),
    whenKnown(
      notifications(spec, { ...scope, tenant: '' }, { by: ['channel', 'outcome'], of: 'rate' }),
      (expr) =>
        timeSeries({
          title: 'Messages to people',
          description: {
            shows: 'Messages an hour that services sent to people, by channel and outcome.',
            matters: 'The last metre: after it, it is up to whoever is on call.',
            act: 'failed or bounced: see the notification service for who was not told, and tell them another way.',
          },
          unit: unit.count,
          thresholds: neutral,
          width: 24,
          queries: [query(perHour(expr), '{{channel}} {{outcome}}')],
        }),
    ),
  ]);
}
