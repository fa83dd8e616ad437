import { readFileSync, readlinkSync } from 'node:fs';
import { CliError } from '../../cli-error.ts';
import type { Environment } from '../doctor-context.ts';

/** A process as Linux' /proc tells it. */
export interface RunningProcess {
  readonly pid: number;
  readonly executable: string;
  /** After the program's own name. */
  readonly args: readonly string[];
  readonly folder: string;
  /** As it was started; what it assigned itself later is not in it. */
  readonly env: Environment;
}

/** Throws ERR_OPTION for a process that does not run or whose /proc entry we may not read. */
export function runningProcess(pid: number): RunningProcess {
  const list = (file: string) => readFileSync(`/proc/${pid}/${file}`, 'utf8').split('\0');
  try {
    const env: Record<string, string> = {};
    for (const entry of list('environ')) {
      const equals = entry.indexOf('=');
      if (equals > 0) env[entry.slice(0, equals)] = entry.slice(equals + 1);
    }
    return {
      pid,
      executable: readlinkSync(`/proc/${pid}/exe`),
      args: list('cmdline').slice(1, -1),
      folder: readlinkSync(`/proc/${pid}/cwd`),
      env,
    };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CliError(
      'ERR_OPTION',
      `Expected --pid to be a running process that this user may look at (Linux only), got ${pid} (${code}).`,
    );
  }
}
