import type { Queue } from 'bullmq';
import { meters } from './meters.ts';

/** Milliseconds: less than the time between two exports. */
const every = 5_000;

/**
 * Keeps the gauges of what waits in the queue. Jobs that rest before they are tried again do not wait for a worker, and do not count.
 * A Redis that does not answer leaves them as they were, and is told to `onError`. Returns what ends it.
 */
export function watchQueue(queue: Queue, onError: (error: Error) => void): () => void {
  let isAsking = false;
  const look = async () => {
    if (isAsking) return;
    isAsking = true;
    try {
      const [waiting, [oldest]] = await Promise.all([
        queue.getWaitingCount(),
        queue.getJobs(['waiting'], 0, 0, true),
      ]);
      meters.jobsWaiting.set(waiting, { queue: queue.name });
      const seconds = oldest === undefined ? 0 : (Date.now() - oldest.timestamp) / 1_000;
      meters.jobsWaitingAge.set(Math.max(0, seconds), { queue: queue.name });
    } catch (error) {
      onError(error as Error);
    } finally {
      isAsking = false;
    }
  };
  void look();
  const timer = setInterval(() => void look(), every).unref();
  return () => clearInterval(timer);
}
