import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { CliError } from '../cli-error.ts';
import type { Context } from '../context.ts';
import { findOnPath } from '../servers/find-on-path.ts';
import { lastLogLines } from './log-lines.ts';
import type { Command, Service, ServiceRun } from './service.ts';
import { logFile } from './state-file.ts';

const STOP_WITHIN_MS = 10_000;

export interface ServiceExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A running server. */
export interface ServiceProcess {
  readonly pid: number;
  readonly exited: Promise<ServiceExit>;
  /** Asks it to end, by its own signal or this one, kills it after 10 s, and waits. */
  stop(signal?: NodeJS.Signals): Promise<ServiceExit>;
}

/** Starts the server's process, its output in the data folder's `logs/`. */
export async function startProcess(service: Service, run: ServiceRun): Promise<ServiceProcess> {
  const { file, args, env, user } = dieWithParent(service.command(run), run.context);
  const log = openSync(logFile(run.dataDir, service.name), 'w', 0o600);
  let child: ChildProcess;
  try {
    child = spawn(file, args, {
      cwd: '/',
      env: { ...inherited(run.context), ...env },
      stdio: ['ignore', log, log],
      ...user,
    });
  } finally {
    closeSync(log);
  }
  const exited = new Promise<ServiceExit>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  return {
    pid: child.pid as number,
    exited,
    stop: async (signal = service.stopSignal ?? 'SIGTERM') => {
      child.kill(signal);
      const kill = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
      const exit = await exited;
      clearTimeout(kill);
      return exit;
    },
  };
}

/** Waits until the service is ready. Throws ERR_SERVER_EXITED or ERR_SERVER_NOT_READY with its last log lines. */
export async function untilReady(
  service: Service,
  run: ServiceRun,
  started: ServiceProcess,
  signal: AbortSignal,
): Promise<void> {
  const withinMs = service.readyWithinMs ?? 30_000;
  const deadline = performance.now() + withinMs;
  let exit: ServiceExit | undefined;
  void started.exited.then((ended) => {
    exit = ended;
  });
  let last: unknown;
  while (performance.now() < deadline) {
    signal.throwIfAborted();
    try {
      await service.ready(run);
      // Another program may answer at a port that ours failed to get.
      if (exit === undefined) return;
    } catch (error) {
      last = error;
    }
    if (exit !== undefined) {
      throw new CliError(
        'ERR_SERVER_EXITED',
        `Expected ${service.name} to start, got ${describeExit(exit)}.${logTail(service, run)}`,
      );
    }
    await wait(50);
  }
  throw new CliError(
    'ERR_SERVER_NOT_READY',
    `Expected ${service.name} to be ready within ${withinMs / 1_000} s, got ${last instanceof Error ? last.message : last}.${logTail(service, run)}`,
  );
}

export const describeExit = ({ code, signal }: { code: number | null; signal: string | null }) =>
  signal === null ? `exit code ${code}` : `signal ${signal}`;

function logTail(service: Service, run: ServiceRun): string {
  const file = logFile(run.dataDir, service.name);
  return [` Its log (${file}) ends:`, ...lastLogLines(file, 8)].join('\n  ');
}

function inherited({ env, home }: Context): Record<string, string | undefined> {
  const { PATH, TMPDIR, TZ } = env;
  return { PATH, HOME: home, LANG: 'C.UTF-8', ...(TMPDIR && { TMPDIR }), ...(TZ && { TZ }) };
}

let setprivFile: string | undefined | null = null;

/** Where the system can do it, the kernel ends a server whose supervisor was killed. */
function dieWithParent(command: Command, context: Context): Command {
  if (context.platform !== 'linux') return command;
  if (setprivFile === null) setprivFile = setprivWithDeathSignal();
  if (setprivFile === undefined) return command;
  const already = command.file.endsWith('/setpriv');
  const args = already ? command.args : ['--', command.file, ...command.args];
  return { ...command, file: setprivFile, args: ['--pdeathsig=KILL', ...args] };
}

function setprivWithDeathSignal(): string | undefined {
  const file = findOnPath(['setpriv'], { env: { PATH: '/usr/bin:/bin' } });
  try {
    const help = file && execFileSync(file, ['--help'], { encoding: 'utf8', stdio: 'pipe' });
    return help?.includes('--pdeathsig') ? file : undefined;
  } catch {
    return undefined;
  }
}
