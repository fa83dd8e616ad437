import { useSyncExternalStore } from 'react';
import type { Problem } from './problem.ts';

let problem: Problem | undefined;
const listeners = new Set<() => void>();

/** Notes how the last question about numbers ended. Only what is about the whole backend counts, not a single bad question. */
export function noteAnswer(ended: Problem | undefined): void {
  const next = ended === undefined || isGeneral(ended) ? ended : problem;
  if (next?.status === problem?.status) return;
  problem = next;
  for (const changed of listeners) changed();
}

const subscribe = (changed: () => void) => {
  listeners.add(changed);
  return () => listeners.delete(changed);
};

/** What is wrong with Prometheus, or with the way to it, since the last answer; undefined while it answers. */
export const useBackendProblem = (): Problem | undefined =>
  useSyncExternalStore(subscribe, () => problem);

const isGeneral = ({ status, code }: Problem) =>
  [0, 401, 502, 503, 504].includes(status) &&
  !['ERR_ADMIN_BUSY', 'ERR_ADMIN_PROMETHEUS_REFUSED'].includes(code);
