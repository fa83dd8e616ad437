import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { stopAtTestEnd } from './stop-at-test-end.ts';

export interface RunProgramOptions {
  /** The program. Omit it when `args` says all, such as `['-e', 'code']`. */
  readonly file?: string;
  readonly args?: readonly string[];
  /** The Node binary. Default: the one that runs this. */
  readonly node?: string;
  /** Added to the environment; `undefined` removes a variable. `OTEL_*`, `BELLWETHER_*`, `VITEST*` and `NODE_OPTIONS` of ours are never inherited. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** Modules for `--import`, in order. */
  readonly imports?: readonly string[];
  /** Other flags of Node, before the program. */
  readonly nodeArgs?: readonly string[];
  /** Milliseconds after which it is killed. Default 110,000. */
  readonly timeoutMs?: number;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface Program {
  readonly pid: number;
  /** All that was printed until now. */
  readonly stdout: string;
  readonly stderr: string;
  /** Fulfilled when it has ended and its output is complete. */
  readonly exited: Promise<Exit>;
  /** True when it was killed because `timeoutMs` was over. */
  readonly timedOut: boolean;
  /** The match of the first line of stdout or stderr, already printed or to come. Rejects when the program ends without. */
  waitForLine(pattern: RegExp): Promise<RegExpExecArray>;
  /** Default SIGTERM. Returns false when it has already ended. */
  kill(signal?: NodeJS.Signals): boolean;
  /** Kills it with SIGKILL and waits. Idempotent. */
  stop(): Promise<Exit>;
}

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/**
 * Starts a real Node program and collects what it prints. It is killed after `timeoutMs`, at the end of the Vitest test that
 * started it, and when this process exits.
 *
 * @example
 * const program = runProgram({ file, imports: ['@bellwether/sdk/register'], env: { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url } });
 * const [, port] = await program.waitForLine(/port (\d+)/);
 */
export function runProgram(options: RunProgramOptions): Program {
  const { file, args = [], imports = [], nodeArgs = [], timeoutMs = 110_000 } = options;
  const child = spawn(
    options.node ?? process.execPath,
    [
      ...nodeArgs,
      ...imports.flatMap((name) => ['--import', name]),
      ...(file === undefined ? [] : [file]),
      ...args,
    ],
    { cwd: options.cwd, env: cleanEnvironment(options.env), stdio: ['ignore', 'pipe', 'pipe'] },
  );
  running.add(child);

  const output = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (chunk: string) => {
      output[stream] += chunk;
      for (const listen of listeners) listen();
    });
  }

  let ended: Exit | undefined;
  let timedOut = false;
  const deadline = setTimeout(() => {
    timedOut = true;
    child.kill('SIGKILL');
  }, timeoutMs);
  const exited = once(child, 'close').then(
    ([code, signal]) => {
      ended = { code, signal };
      return ended;
    },
    (error: unknown) => {
      ended = { code: null, signal: null };
      output.stderr += `${error}\n`;
      return ended;
    },
  );
  void exited.then(() => {
    clearTimeout(deadline);
    running.delete(child);
    for (const listen of listeners) listen();
  });

  const program: Program = {
    pid: child.pid ?? -1,
    get stdout() {
      return output.stdout;
    },
    get stderr() {
      return output.stderr;
    },
    get timedOut() {
      return timedOut;
    },
    exited,
    waitForLine: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = matchLine(pattern, output.stdout) ?? matchLine(pattern, output.stderr);
          if (match === undefined && ended === undefined) return;
          listeners.delete(look);
          if (match) resolve(match);
          else reject(new Error(missing(pattern, ended, timedOut, output)));
        };
        listeners.add(look);
        look();
      }),
    kill: (signal = 'SIGTERM') => child.kill(signal),
    stop: () => {
      child.kill('SIGKILL');
      return exited;
    },
  };
  stopAtTestEnd(program.stop);
  return program;
}

function matchLine(pattern: RegExp, text: string): RegExpExecArray | undefined {
  for (const line of text.split('\n')) {
    const match = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, '')).exec(line);
    if (match) return match;
  }
  return undefined;
}

function missing(
  pattern: RegExp,
  exit: Exit | undefined,
  timedOut: boolean,
  { stdout, stderr }: { stdout: string; stderr: string },
): string {
  const why = timedOut
    ? 'its time was over'
    : `it ended with ${exit?.signal ?? `code ${exit?.code}`}`;
  return `Expected the program to print ${pattern}, but ${why}.\nstdout:\n${stdout}\nstderr:\n${stderr}`;
}

function cleanEnvironment(added: RunProgramOptions['env']): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(OTEL_|BELLWETHER_|VITEST|NODE_OPTIONS$|NODE_ENV$|NODE_V8_COVERAGE$)/.test(name),
  );
  const all = { ...Object.fromEntries(own), ...added };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
