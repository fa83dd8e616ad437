import { setTimeout as wait } from 'node:timers/promises';
import { isRunning, type ProcessIdentity, signalProcess } from '../process-identity.ts';
import type { StackState } from './state-file.ts';

const STOP_WITHIN_MS = 30_000;

/** Ends the stack of this state: its supervisor is asked to, and whatever is left then is killed. */
export async function endStack({ supervisor, services }: StackState): Promise<void> {
  if (supervisor !== undefined && signalProcess(supervisor, 'SIGTERM')) {
    await ended(supervisor, STOP_WITHIN_MS);
    signalProcess(supervisor, 'SIGKILL');
  }
  const left = services.flatMap(({ process }) => (process === undefined ? [] : [process]));
  for (const identity of left) signalProcess(identity, 'SIGKILL');
  await Promise.all(left.map((identity) => ended(identity, 5_000)));
}

async function ended(identity: ProcessIdentity, withinMs: number): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (isRunning(identity) && performance.now() < deadline) await wait(50);
}
