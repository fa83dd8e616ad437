import { scraped } from './metric.ts';

/** Alertmanager about itself. */
export const alertmanagerServer = {
  alerts: scraped('alertmanager_alerts', 'gauge', 'Alerts it holds, by state', ['state']),
  alertsReceived: scraped(
    'alertmanager_alerts_received_total',
    'counter',
    'Alerts received, by status',
    ['status', 'version'],
  ),
  notifications: scraped(
    'alertmanager_notifications_total',
    'counter',
    'Notifications that it tried to send, by integration',
    ['integration'],
  ),
  notificationsFailed: scraped(
    'alertmanager_notifications_failed_total',
    'counter',
    'Notifications given up after all retries, by integration and reason',
    ['integration', 'reason'],
  ),
  notificationLatency: scraped(
    'alertmanager_notification_latency_seconds',
    'histogram',
    'Seconds to deliver a notification, by integration',
    ['integration'],
  ),
  silences: scraped('alertmanager_silences', 'gauge', 'Silences, by state', ['state']),
  configReloadOk: scraped(
    'alertmanager_config_last_reload_successful',
    'gauge',
    'Whether the last reading of the configuration worked, 0 or 1',
  ),
} as const;
