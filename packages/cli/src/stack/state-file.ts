import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CliError } from '../cli-error.ts';
import type { ProcessIdentity } from '../process-identity.ts';
import type { PortName } from './ports.ts';
import type { ServiceName } from './service-names.ts';

/** What is known of one service of a stack. */
export interface ServiceState {
  readonly name: ServiceName;
  readonly state: 'waiting' | 'starting' | 'ready' | 'stopped' | 'exited';
  /** The program and where it came from. */
  readonly program?: string;
  readonly process?: ProcessIdentity;
  /** Of a service that ended by itself. */
  readonly exit?: {
    readonly code: number | null;
    readonly signal: string | null;
    /** ISO 8601. */
    readonly at: string;
    readonly lastLines: readonly string[];
  };
}

/** The stack's state as its supervisor keeps it in `stack.json` in the data folder. Holds no secret. */
export interface StackState {
  readonly format: 1;
  /** Absent once the stack has stopped. */
  readonly supervisor?: ProcessIdentity;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly ports: Readonly<Partial<Record<PortName, number>>>;
  readonly services: readonly ServiceState[];
}

const stateFile = (dataDir: string) => join(dataDir, 'stack.json');
export const lockFile = (dataDir: string) => join(dataDir, 'supervisor.lock');
export const logFile = (dataDir: string, name: ServiceName | 'supervisor') =>
  join(dataDir, 'logs', `${name}.log`);

/** The state in that folder, `undefined` where there is none. A file of another kind is none of ours. */
export function readState(dataDir: string): StackState | undefined {
  try {
    const state = JSON.parse(
      readFileSync(stateFile(dataDir), 'utf8'),
    ) as Partial<StackState> | null;
    return state?.format === 1 && Array.isArray(state.services) ? (state as StackState) : undefined;
  } catch {
    return undefined;
  }
}

/** Renamed into place: a reader sees the old state or the new one. */
export function writeState(dataDir: string, state: StackState): void {
  const temporary = `${stateFile(dataDir)}.writing`;
  writeFileSync(temporary, `${JSON.stringify(state, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(temporary, stateFile(dataDir));
}

/**
 * Makes the data folder, or takes one that is empty or ours. A folder with anything else in it is refused, since
 * `down --volumes` removes the whole of it.
 */
export function claimDataFolder(dataDir: string): void {
  const content = openFolder(dataDir);
  if (content.length > 0 && readState(dataDir) === undefined) {
    throw new CliError(
      'ERR_DATA_FOLDER',
      `Expected the data folder ${dataDir} to be new, empty or of an earlier stack, got one with ${content.slice(0, 3).join(', ')} in it; name another by --data.`,
    );
  }
  mkdirSync(join(dataDir, 'logs'), { recursive: true });
  if (content.length === 0) {
    writeState(dataDir, {
      format: 1,
      startedAt: new Date().toISOString(),
      ports: {},
      services: [],
    });
  }
}

function openFolder(dataDir: string): readonly string[] {
  try {
    mkdirSync(dataDir, { recursive: true });
    return readdirSync(dataDir);
  } catch (error) {
    throw new CliError(
      'ERR_DATA_FOLDER',
      `Expected the data folder ${dataDir} to be a folder that we can write to, got ${(error as NodeJS.ErrnoException).code}; correct its owner or mode, or name another by --data.`,
      { cause: error },
    );
  }
}
