import type { AlertSource } from './alert.ts';
import { batchOverdue } from './jobs/batch-overdue.ts';
import { jobsGivenUp } from './jobs/jobs-given-up.ts';
import { messagesFailing } from './jobs/messages-failing.ts';
import { queueStuck } from './jobs/queue-stuck.ts';

/** Work that nobody waits for, and messages. */
export const jobsAlerts: readonly AlertSource[] = [
  queueStuck,
  jobsGivenUp,
  batchOverdue,
  messagesFailing,
];
