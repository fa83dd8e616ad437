import { counter, defineMeters, gauge, histogram, oneOf } from '@bellwether/meters';
import { errors, messaging } from '@bellwether/meters/presets';

export const webhookRefusals = [
  'unauthorized',
  'too_large',
  'unreadable',
  'invalid',
  'overloaded',
  'fault',
] as const;
const { channel } = messaging.notifications.attributes;

/**
 * All that the notification service counts. A channel of kind `email` is `email`, `slack` is `chat`, `log` is `in_app`.
 * The tenant is that of the alert. What is true of the whole outbox is set by every replica alike: take `max`, never the sum.
 */
export const notificationMeters = defineMeters('notifications', {
  /** One alert told on one channel: `sent`, or `failed` when its time was over. */
  notifications: messaging.notifications,
  alerts: counter('notifications.alerts', {
    unit: '{alert}',
    description: 'Alerts received, by status; repeated ones were known and told nobody again',
    attributes: { status: oneOf('firing', 'resolved'), outcome: oneOf('stored', 'repeated') },
  }),
  alertsTruncated: counter('notifications.alerts.truncated', {
    unit: '{alert}',
    description: 'Alerts that Alertmanager left out of a webhook because of its max_alerts',
    tenant: false,
  }),
  webhooksRefused: counter('notifications.webhooks.refused', {
    unit: '{request}',
    description: 'Webhooks answered with an error, by reason',
    attributes: { reason: oneOf(...webhookRefusals) },
    tenant: false,
  }),
  delay: histogram('notifications.delay', {
    unit: 's',
    description: 'Time from receiving an alert to a channel having taken it',
    boundaries: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3_600, 14_400, 86_400],
    attributes: { channel },
  }),
  sendDuration: histogram('notifications.send.duration', {
    unit: 's',
    description: 'Time of one attempt to send one message; its count is the number of attempts',
    boundaries: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    attributes: { channel, outcome: oneOf('sent', 'failed') },
    tenant: false,
  }),
  pending: gauge('notifications.pending', {
    unit: '{notification}',
    description: 'Notifications waiting in the outbox; every replica reports the same number',
    attributes: { channel },
    tenant: false,
  }),
  pendingAge: gauge('notifications.pending.age', {
    unit: 's',
    description: 'Age of the oldest notification in the outbox; every replica reports the same',
    attributes: { channel },
    tenant: false,
  }),
  heartbeatAge: gauge('notifications.heartbeat.age', {
    unit: 's',
    description: 'Time since the last heartbeat; every replica reports the same',
    tenant: false,
  }),
  ...errors,
});
