import type { Cluster } from 'node:cluster';
import { readFileSync } from 'node:fs';
import { isMainThread } from '../lifecycle/this-thread.ts';

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

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
  const cluster: unknown = process.getBuiltinModule('node:cluster');
  const { worker } = cluster as Cluster;
  const suffix = worker === undefined ? '' : `-worker-${worker.id}`;
  return `${given}${suffix}${isMainThread() ? '' : `-thread-${process.getBuiltinModule('node:worker_threads').threadId}`}`;
}

/** From the kernel where it gives one: the application may never load `node:crypto`. */
function randomUUID(): string {
  try {
    const uuid = readFileSync('/proc/sys/kernel/random/uuid', 'latin1').trim();
    if (UUID.test(uuid)) return uuid;
  } catch {
    // Not Linux.
  }
  return process.getBuiltinModule('node:crypto').randomUUID();
}
