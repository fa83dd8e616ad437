import cluster from 'node:cluster';
import { randomUUID } from 'node:crypto';
import { isMainThread, threadId } from 'node:worker_threads';

const place = Symbol.for('@bellwether/sdk/instance-id');

/**
 * A random id for this thread, the same at every start in it: the totals of the meters outlive a shutdown, and under another
 * id what was counted before would be counted twice.
 */
export function instanceId(): string {
  const global = globalThis as { [place]?: string };
  global[place] ??= randomUUID();
  return global[place];
}

/**
 * An id that the operator gave, which the workers of a cluster and the threads inherit with the environment: theirs get a suffix, or
 * all would write one series.
 */
export function inheritedInstanceId(given: string): string {
  const worker = cluster.worker === undefined ? '' : `-worker-${cluster.worker.id}`;
  return `${given}${worker}${isMainThread ? '' : `-thread-${threadId}`}`;
}
