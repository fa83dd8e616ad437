import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { hostPlatform, sendSignal } from './context.ts';

/** A process id alone is handed out again; with its start time it names one process only. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Opaque: compared, never read. */
  readonly startTime: string;
}

/** The identity of a running process, `undefined` when there is none (a zombie has ended). */
export function processIdentity(pid: number): ProcessIdentity | undefined {
  const startTime = startTimeOf(pid);
  return startTime === undefined ? undefined : { pid, startTime };
}

/** True while exactly this process runs. */
export function isRunning(identity: ProcessIdentity): boolean {
  return startTimeOf(identity.pid) === identity.startTime;
}

/** Sends a signal to exactly this process, never to one that got its id later. Returns whether it was running. */
export function signalProcess(identity: ProcessIdentity, signal: NodeJS.Signals): boolean {
  if (!isRunning(identity)) return false;
  try {
    sendSignal(identity.pid, signal);
    return true;
  } catch {
    return false;
  }
}

function startTimeOf(pid: number): string | undefined {
  try {
    const [state, ticks] = linuxStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    if (state === 'Z' || state === 'X') return undefined;
    return `${bootId()}/${ticks}`;
  } catch {
    return portableStartTime(pid);
  }
}

/** Fields 3 and 22 of proc_pid_stat(5); the second field is a name in brackets that may hold anything. */
export function linuxStat(stat: string): readonly [state: string, startTicks: string] {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return [fields[0] ?? '', fields[19] ?? ''];
}

function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
}

function portableStartTime(pid: number): string | undefined {
  if (hostPlatform() === 'linux') return undefined;
  try {
    const started = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
    return started.trim() || undefined;
  } catch {
    return undefined;
  }
}
