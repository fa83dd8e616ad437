import type { Context } from '../context.ts';
import type { ServerName } from '../servers/server-table.ts';
import type { StackFiles } from '../stack-files.ts';
import type { PortName } from './ports.ts';
import type { ServiceName } from './service-names.ts';
import type { StackSettings } from './stack-settings.ts';

/** What a service is told when it is started. */
export interface ServiceRun {
  readonly context: Context;
  readonly files: StackFiles;
  readonly settings: StackSettings;
  /** The stack's data folder. */
  readonly dataDir: string;
  /** The service's own folder in it; exists. */
  readonly folder: string;
  /** The program: of the server table, or what `binary()` found. */
  readonly program: string;
  /** Throws when the port's service is not part of this stack: ask `has` first. */
  port(name: PortName): number;
  has(service: ServiceName): boolean;
  /** For the line that says how its start ended. */
  note(text: string): void;
}

/** A process to start, without a shell. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  /** On top of PATH, HOME and the language: servers inherit nothing else. */
  readonly env?: Readonly<Record<string, string>>;
  /** Runs as this user. */
  readonly user?: { readonly uid: number; readonly gid: number };
}

/** One server of the stack: data and small functions, run by the supervisor. */
export interface Service {
  readonly name: ServiceName;
  /** Where its program cannot be had, the stack says so and goes on without it. */
  readonly optional?: boolean;
  /** Services that must be ready before it starts, as far as they are part of the stack. */
  readonly needs: readonly ServiceName[];
  /** A row of the server table, or a function that finds the program elsewhere. */
  readonly program:
    | ServerName
    | ((context: Context, say: (text: string) => void) => Promise<string>);
  /** Writes what it needs into its folder. */
  prepare?(run: ServiceRun): Promise<void>;
  command(run: ServiceRun): Command;
  /** Asked again and again until it no longer throws. */
  ready(run: ServiceRun): Promise<void>;
  /** Milliseconds until `ready` must be true. Default 30,000. */
  readonly readyWithinMs?: number;
  /** Default SIGTERM. */
  readonly stopSignal?: NodeJS.Signals;
}
