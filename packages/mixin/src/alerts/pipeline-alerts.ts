import type { AlertSource } from './alert.ts';
import { alertmanagerConfigReloadFailed } from './pipeline/alertmanager-config-reload-failed.ts';
import { alertmanagerDown } from './pipeline/alertmanager-down.ts';
import { alertsNotDelivered } from './pipeline/alerts-not-delivered.ts';
import { collectorDown } from './pipeline/collector-down.ts';
import { collectorNotDelivering } from './pipeline/collector-not-delivering.ts';
import { collectorQueueFilling } from './pipeline/collector-queue-filling.ts';
import { collectorQueueFull } from './pipeline/collector-queue-full.ts';
import { collectorRefusing } from './pipeline/collector-refusing.ts';
import { collectorSendFailing } from './pipeline/collector-send-failing.ts';
import { notificationChannelFailing } from './pipeline/notification-channel-failing.ts';
import { notificationsFailing } from './pipeline/notifications-failing.ts';
import { notificationsWaiting } from './pipeline/notifications-waiting.ts';
import { otlpRejected } from './pipeline/otlp-rejected.ts';
import { pointsFiltered } from './pipeline/points-filtered.ts';
import { prometheusConfigReloadFailed } from './pipeline/prometheus-config-reload-failed.ts';
import { prometheusLogBroken } from './pipeline/prometheus-log-broken.ts';
import { prometheusSeriesGrowing } from './pipeline/prometheus-series-growing.ts';
import { ruleEvaluationFailing } from './pipeline/rule-evaluation-failing.ts';
import { ruleEvaluationSlow } from './pipeline/rule-evaluation-slow.ts';
import { samplesTooOld } from './pipeline/samples-too-old.ts';
import { sdkExportFailing } from './pipeline/sdk-export-failing.ts';
import { sdkSpansDropped } from './pipeline/sdk-spans-dropped.ts';
import { serviceSilent } from './pipeline/service-silent.ts';
import { watchdog } from './pipeline/watchdog.ts';

export const pipelineAlerts: readonly AlertSource[] = [
  watchdog,
  serviceSilent,
  sdkExportFailing,
  sdkSpansDropped,
  collectorDown,
  collectorNotDelivering,
  collectorRefusing,
  collectorSendFailing,
  collectorQueueFilling,
  collectorQueueFull,
  pointsFiltered,
  otlpRejected,
  samplesTooOld,
  ruleEvaluationFailing,
  ruleEvaluationSlow,
  prometheusConfigReloadFailed,
  prometheusLogBroken,
  prometheusSeriesGrowing,
  alertmanagerConfigReloadFailed,
  alertmanagerDown,
  alertsNotDelivered,
  notificationsFailing,
  notificationChannelFailing,
  notificationsWaiting,
];
