import type { Job, Processor } from 'bullmq';
import { meters } from './meters.ts';

/** Counts each attempt by what it came to, and times how long its job waited and how long it ran. */
export function measured(work: (data: unknown) => Promise<void>): Processor {
  return async (job) => {
    const queue = job.queueName;
    if (job.attemptsMade === 0) meters.jobWait.record(waitedSeconds(job), { queue });
    const began = performance.now();
    try {
      await work(job.data);
      meters.jobs.add(1, { queue, outcome: 'succeeded' });
    } catch (error) {
      const isLast = job.attemptsMade + 1 >= (job.opts.attempts ?? 1);
      meters.jobs.add(1, { queue, outcome: isLast ? 'failed' : 'retried' });
      throw error;
    } finally {
      meters.jobDuration.record((performance.now() - began) / 1_000, { queue });
    }
  };
}

/** By the clocks of two machines, which may differ. */
function waitedSeconds({ timestamp, processedOn = Date.now() }: Job): number {
  return Math.max(0, processedOn - timestamp) / 1_000;
}
