import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { isRunning, type ProcessIdentity, processIdentity } from './process-identity.ts';

/**
 * Takes a lock file for this process, or returns who has it. A lock whose process is gone is taken over. The file comes
 * into being with its content (link(2)), so nobody reads it half-written.
 */
export function tryLock(file: string, pid: number): (() => void) | ProcessIdentity {
  const mine = `${file}.${randomUUID()}`;
  writeFileSync(mine, JSON.stringify(processIdentity(pid)));
  try {
    for (;;) {
      try {
        linkSync(mine, file);
        return () => rmSync(file, { force: true });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const owner = ownerOf(file);
      if (owner !== undefined && isRunning(owner)) return owner;
      discard(file, owner);
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

/** Waits for the lock; `onWait` is told once who has it. */
export async function lock(
  file: string,
  pid: number,
  onWait: (owner: ProcessIdentity) => void,
): Promise<() => void> {
  let told = false;
  for (;;) {
    const taken = tryLock(file, pid);
    if (typeof taken === 'function') return taken;
    if (!told) onWait(taken);
    told = true;
    await wait(250);
  }
}

function ownerOf(file: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessIdentity;
  } catch {
    return undefined;
  }
}

/** Two processes may find the same stale lock: the one that moves it away must not take the other's new one with it. */
function discard(file: string, stale: ProcessIdentity | undefined): void {
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
    const moved = ownerOf(aside);
    const fresh = moved !== undefined && JSON.stringify(moved) !== JSON.stringify(stale);
    if (fresh) linkSync(aside, file);
  } catch {
    // Someone else was faster: the next round sees what is there.
  } finally {
    rmSync(aside, { force: true });
  }
}
