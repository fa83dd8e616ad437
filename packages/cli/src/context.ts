import { homedir } from 'node:os';

/** What the outside gives a command. Only this file reads `process.*`. */
export interface Context {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly home: string;
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  readonly pid: number;
  /** User id, `undefined` on Windows. */
  readonly uid: number | undefined;
  /** Ids of the groups that the user is in; none on Windows. */
  readonly groups: readonly number[];
  /** The Node binary that runs this. */
  readonly execPath: string;
  /** True when a person looks at both outputs and no CI does: progress may be drawn. */
  readonly interactive: boolean;
  out(text: string): void;
  err(text: string): void;
  setExitCode(code: number): void;
  /** Called at SIGINT, SIGTERM and SIGHUP, and where nobody reads what is printed any more. Returns its undo. */
  onStopSignal(listener: (signal: NodeJS.Signals) => void): () => void;
}

export function processContext(): Context {
  const { env, stdout, stderr } = process;
  return {
    env,
    cwd: process.cwd(),
    home: homedir(),
    platform: process.platform,
    arch: process.arch,
    pid: process.pid,
    uid: process.getuid?.(),
    groups: process.getgroups?.() ?? [],
    execPath: process.execPath,
    interactive: stdout.isTTY === true && stderr.isTTY === true && !env.CI,
    out: (text) => void stdout.write(`${text}\n`),
    err: (text) => void stderr.write(`${text}\n`),
    setExitCode: (code) => {
      process.exitCode = code;
    },
    onStopSignal: (listener) => {
      const signals: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
      for (const signal of signals) process.on(signal, listener);
      unread.add(listener);
      return () => {
        for (const signal of signals) process.off(signal, listener);
        unread.delete(listener);
      };
    },
  };
}

/** Told when what is printed goes nowhere. */
const unread = new Set<(signal: NodeJS.Signals) => void>();

/**
 * For a program of its own: that whoever read along has gone, as `head` does, is no fault. Commands that run on are told to stop, others end
 * as they would have.
 */
export function outliveReaders(): void {
  for (const output of [process.stdout, process.stderr]) {
    output.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      for (const listener of unread) listener('SIGPIPE');
    });
  }
}

/** The command line after the program's own name. */
export const commandLine = (): readonly string[] => process.argv.slice(2);

/** Sends a signal to a process, or to a process group by its negated id. Throws when there is none. */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  process.kill(pid, signal);
}

export const hostPlatform = (): NodeJS.Platform => process.platform;

/** The supervisor's side of the channel to the process that started it. */
export interface ParentChannel {
  send(message: object): void;
  onMessage(listener: (message: unknown) => void): void;
  /** The parent ended, however it did, or let go. */
  onDisconnect(listener: () => void): void;
  disconnect(): void;
  onFatal(listener: (error: unknown) => void): void;
  exit(code: number): never;
}

export function parentChannel(): ParentChannel {
  return {
    // A parent that is gone is told nothing: 'disconnect' says so.
    send: (message) => void (process.connected && process.send?.(message, undefined, {}, () => {})),
    onMessage: (listener) => void process.on('message', listener),
    onDisconnect: (listener) =>
      void (process.connected ? process.on('disconnect', listener) : listener()),
    disconnect: () => {
      if (process.connected) process.disconnect();
    },
    onFatal: (listener) => {
      process.on('uncaughtException', listener);
      process.on('unhandledRejection', listener);
    },
    exit: (code) => process.exit(code),
  };
}
