import { oneOf, upTo } from '../attributes/kinds.ts';
import { counter, gauge, histogram, upDownCounter } from '../catalog/definition.ts';

const channel = oneOf('email', 'sms', 'push', 'chat', 'webhook', 'in_app');

/** Chat, sockets, notifications and background jobs. */
export const messaging = {
  messages: counter('messaging.messages', {
    unit: '{message}',
    description: 'Messages between users or services, by direction and outcome',
    attributes: {
      direction: oneOf('sent', 'received'),
      outcome: oneOf('succeeded', 'rejected', 'failed'),
    },
  }),
  socketsOpen: upDownCounter('messaging.sockets.open', {
    unit: '{socket}',
    description: 'WebSocket connections open now',
  }),
  socketsOpened: counter('messaging.sockets.opened', {
    unit: '{socket}',
    description: 'WebSocket connections opened',
  }),
  notifications: counter('messaging.notifications', {
    unit: '{notification}',
    description: 'Notifications by channel and outcome',
    attributes: { channel, outcome: oneOf('sent', 'delivered', 'bounced', 'failed') },
  }),
  jobs: counter('messaging.jobs', {
    unit: '{job}',
    description: 'Background jobs by queue and outcome',
    attributes: { queue: upTo(40), outcome: oneOf('succeeded', 'retried', 'failed') },
  }),
  jobDuration: histogram('messaging.job.duration', {
    unit: 's',
    description: 'Time of one background job',
    boundaries: [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 900],
    attributes: { queue: upTo(40) },
  }),
  jobWait: histogram('messaging.job.wait', {
    unit: 's',
    description: 'Time that a job waited before its first attempt',
    boundaries: [0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 900],
    attributes: { queue: upTo(40) },
  }),
  jobsWaiting: gauge('messaging.jobs.waiting', {
    unit: '{job}',
    description: 'Jobs that wait for a worker now; every worker of the queue reports the same',
    attributes: { queue: upTo(40) },
    tenant: false,
  }),
  jobsWaitingAge: gauge('messaging.jobs.waiting.age', {
    unit: 's',
    description:
      'Age of the job that waits longest, 0 when none does; every worker of the queue reports the same',
    attributes: { queue: upTo(40) },
    tenant: false,
  }),
} as const;
