import { setTimeout as wait } from 'node:timers/promises';
import type { Services } from '../services.ts';

export interface DependencyHealth {
  readonly name: string;
  readonly status: 'up' | 'down';
  /** How long the answer, or its absence, took. */
  readonly latencySeconds: number;
}

export interface Health {
  readonly status: 'up' | 'degraded';
  readonly dependencies: readonly DependencyHealth[];
}

/** Milliseconds. */
const patience = 1_000;

/** Asks each dependency at once and waits at most a second. What exactly is wrong is in the log, not in the answer. */
export async function checkHealth({
  database,
  cache,
}: Pick<Services, 'database' | 'cache'>): Promise<Health> {
  const dependencies = await Promise.all([
    askDependency('postgresql', () => database.$queryRaw`SELECT 1`),
    askDependency('redis', () => cache.ping()),
  ]);
  const up = dependencies.every(({ status }) => status === 'up');
  return { status: up ? 'up' : 'degraded', dependencies };
}

/** Asks one dependency: down when it fails or needs more than a second. */
export async function askDependency(
  name: string,
  question: () => Promise<unknown>,
): Promise<DependencyHealth> {
  const began = performance.now();
  const done = new AbortController();
  const late = wait(patience, 'down' as const, { signal: done.signal }).catch(
    () => 'down' as const,
  );
  const answer = question().then(
    () => 'up' as const,
    () => 'down' as const,
  );
  const status = await Promise.race([answer, late]);
  done.abort();
  return { name, status, latencySeconds: (performance.now() - began) / 1_000 };
}
