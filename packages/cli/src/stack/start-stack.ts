import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CliError } from '../cli-error.ts';
import { type Context, processContext } from '../context.ts';
import { isRunning } from '../process-identity.ts';
import { type AddressesOf, addressesOf } from './addresses.ts';
import { endStack } from './end-stack.ts';
import { lastLogLines } from './log-lines.ts';
import type { PortName } from './ports.ts';
import { SERVICE_NAMES, type ServiceName } from './service-names.ts';
import { serviceRequests } from './service-requests.ts';
import { passwordFile } from './services/postgres.ts';
import type { StackSettings } from './stack-settings.ts';
import { type StackStatus, stackStatus } from './stack-status.ts';
import { claimDataFolder, logFile, readState, type ServiceState } from './state-file.ts';
import type { FromSupervisor, StackProgress, ToSupervisor } from './supervisor-messages.ts';

/** What `startStack()` takes. Only `dataDir` is needed. */
export interface StartStackOptions<S extends ServiceName = ServiceName> extends StackSettings {
  /** Where all data, logs and the state are kept: new, empty, or of an earlier stack. */
  readonly dataDir: string;
  /** Ports on 127.0.0.1. Those not given are chosen among the free ones. */
  readonly ports?: Readonly<Partial<Record<PortName, number>>>;
  /** Default: all. */
  readonly services?: readonly S[];
  /** Told of every step, several times while it runs. */
  readonly onProgress?: (progress: StackProgress) => void;
  /** Told when a server ends by itself. Nothing restarts it. */
  readonly onServiceExit?: (service: ServiceState) => void;
  /** Ends a start that is under way; a stack that runs is ended by `stop`. */
  readonly signal?: AbortSignal;
  readonly context?: Context;
}

/** A stack that runs. It ends with this process, however that ends, unless it is detached. */
export interface Stack<S extends ServiceName = ServiceName> {
  readonly addresses: AddressesOf<S>;
  status(): StackStatus;
  /** The last lines of a service's log. Default 100. */
  logs(name: S | 'supervisor', lines?: number): readonly string[];
  /**
   * Stops one server while the others run on, as a fault would: by its own signal, or by `SIGKILL`. `onServiceExit` is not told.
   * Fulfilled when it has ended.
   */
  stopService(name: S, signal?: NodeJS.Signals): Promise<void>;
  /** Starts a server that has ended, on the same port and with its data; fulfilled when it is ready. */
  startService(name: S): Promise<void>;
  /** Stops every server and waits. With `volumes` the data folder is removed. Idempotent. */
  stop(options?: { readonly volumes?: boolean }): Promise<void>;
  /** Fulfilled when the stack has ended, by `stop`, by `bellwether stack down`, or by a crash of its supervisor. */
  readonly ended: Promise<'stopped' | 'crashed'>;
  /** Lets it run on without this process: `bellwether stack down` stops it. */
  detach(): void;
}

/**
 * Starts the stack: PostgreSQL, Redis, Prometheus, Alertmanager, the Collector, prom-label-proxy and the exporters of the
 * machine, of PostgreSQL, of Redis, and of a MySQL that the settings name (these where they can be had), each on loopback and each ready when this returns. Servers that are not there are built first (minutes, once).
 *
 * Throws a `CliError`: ERR_PORT_IN_USE, ERR_STACK_RUNNING, ERR_DATA_FOLDER, ERR_GO_MISSING, ERR_SERVER_EXITED, ... What
 * had been started is stopped then.
 *
 * @example
 * const stack = await startStack({ dataDir: '.bellwether/stack' });
 * const env = { OTEL_EXPORTER_OTLP_ENDPOINT: stack.addresses.collectorHttp };
 * await stack.stop();
 */
export async function startStack<S extends ServiceName = ServiceName>(
  options: StartStackOptions<S>,
): Promise<Stack<S>> {
  const { onProgress = () => {}, onServiceExit = () => {}, context = processContext() } = options;
  const dataDir = resolve(context.cwd, options.dataDir);
  const services = options.services ?? (SERVICE_NAMES as readonly ServiceName[] as readonly S[]);
  const settings = checkedSettings(options, context);
  claimDataFolder(dataDir);
  await endLeftovers(dataDir);
  const child = spawnSupervisor(dataDir, context);
  const exited = new Promise<'stopped' | 'crashed'>((done) => {
    child.once('exit', (code) => done(code === 0 ? 'stopped' : 'crashed'));
  });
  const interrupt = () => send(child, { type: 'stop' });
  options.signal?.addEventListener('abort', interrupt, { once: true });
  const ports = await new Promise<Readonly<Partial<Record<PortName, number>>>>((ready, fail) => {
    child.once('error', fail);
    let failure: CliError | undefined;
    child.once('exit', async (code, signal) => {
      // Its last message may still be on its way.
      if (child.connected) await once(child, 'disconnect');
      fail(options.signal?.reason ?? failure ?? supervisorEnded(dataDir, code, signal));
    });
    child.on('message', (message: FromSupervisor) => {
      if (message.type === 'listening') {
        if (options.signal?.aborted) interrupt();
        send(child, {
          type: 'start',
          dataDir,
          services: withMore(services, settings),
          ports: options.ports ?? {},
          settings,
        });
      }
      if (message.type === 'progress') onProgress(message.progress);
      if (message.type === 'ready') ready(message.ports);
      if (message.type === 'exited') onServiceExit(message.service);
      if (message.type === 'failed') failure = new CliError(message.code, message.message);
    });
  });

  options.signal?.removeEventListener('abort', interrupt);
  const ask = serviceRequests(child);
  let stopped: Promise<void> | undefined;
  const stop = async () => {
    send(child, { type: 'stop' });
    await ended;
  };
  // A supervisor that was killed takes its servers along where the kernel can do that; elsewhere we do.
  const ended = exited.then(async (how) => {
    await endLeftovers(dataDir);
    return how;
  });
  return {
    ended,
    addresses: addressesOf(ports, readPassword(dataDir)) as AddressesOf<S>,
    status: () => stackStatus(dataDir),
    logs: (name, lines = 100) => lastLogLines(logFile(dataDir, name), lines),
    stopService: (service, signal) =>
      ask({ type: 'stop-service', service, ...(signal && { signal }) }),
    startService: (service) => ask({ type: 'start-service', service }),
    stop: async ({ volumes = false } = {}) => {
      stopped ??= stop();
      await stopped;
      if (volumes) rmSync(dataDir, { recursive: true, force: true });
    },
    detach: () => {
      send(child, { type: 'detach' });
      child.unref();
    },
  };
}

function checkedSettings(
  {
    rulesFolder,
    prometheusTiming,
    collector,
    notifications,
    alertmanagerTiming,
    mysql,
    backups,
  }: StackSettings,
  { cwd }: Context,
): StackSettings {
  const folder = rulesFolder === undefined ? undefined : resolve(cwd, rulesFolder);
  if (folder !== undefined && !statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new CliError(
      'ERR_OPTION',
      `Expected the rules folder to exist, got ${folder}; name a folder with rule files (*.yaml), or leave it out for the committed ones.`,
    );
  }
  // Prometheus takes one star in a path, and that is for the files: https://github.com/prometheus/prometheus/blob/main/config/config.go, patRulePath
  if (folder?.includes('*')) {
    throw new CliError(
      'ERR_OPTION',
      `Expected the path of the rules folder to have no "*", got ${folder}; Prometheus takes it for a pattern. Move or rename the folder.`,
    );
  }
  return {
    ...(folder !== undefined && { rulesFolder: folder }),
    ...(prometheusTiming !== undefined && { prometheusTiming }),
    ...(collector !== undefined && { collector }),
    ...(notifications !== undefined && {
      notifications: { ...notifications, tokenFile: resolve(cwd, notifications.tokenFile) },
    }),
    ...(alertmanagerTiming !== undefined && { alertmanagerTiming }),
    ...(mysql !== undefined && {
      mysql: { ...mysql, passwordFile: resolve(cwd, mysql.passwordFile) },
    }),
    ...(backups === true && { backups }),
  };
}

function withMore(
  services: readonly ServiceName[],
  { backups, mysql }: StackSettings,
): readonly ServiceName[] {
  if (!services.includes('prometheus')) return services;
  const guard = backups === true ? (['prometheus-guard'] as const) : [];
  const exporter = mysql === undefined ? [] : (['mysql-exporter'] as const);
  return [...services, ...guard, ...exporter];
}

/** Servers of a stack whose supervisor is gone must not hold its data and ports. */
async function endLeftovers(dataDir: string): Promise<void> {
  const state = readState(dataDir);
  if (state === undefined) return;
  if (state.supervisor !== undefined && isRunning(state.supervisor)) return;
  await endStack(state);
}

function spawnSupervisor(dataDir: string, { env, execPath }: Context): ChildProcess {
  // From the sources in our own tests, from the bundle everywhere else.
  const name = import.meta.url.endsWith('.ts') ? './supervisor.ts' : './supervisor.js';
  const log = openSync(logFile(dataDir, 'supervisor'), 'a', 0o600);
  try {
    return spawn(execPath, [fileURLToPath(new URL(name, import.meta.url))], {
      detached: true,
      env: withoutInstrumentation(env),
      stdio: ['ignore', log, log, 'ipc'],
    });
  } finally {
    closeSync(log);
  }
}

/** The supervisor is not the application: what instruments that one must not load here. */
function withoutInstrumentation(env: Context['env']): Context['env'] {
  const kept = Object.entries(env).filter(
    ([name]) => name !== 'NODE_OPTIONS' && !name.startsWith('OTEL_') && !name.startsWith('VITEST'),
  );
  return Object.fromEntries(kept);
}

function send(child: ChildProcess, message: ToSupervisor): void {
  if (child.connected) child.send(message, () => {});
}

function supervisorEnded(dataDir: string, code: number | null, signal: string | null): CliError {
  const file = logFile(dataDir, 'supervisor');
  return new CliError(
    'ERR_SUPERVISOR',
    [
      `Expected the stack's supervisor to start it, got its end (${signal ?? `exit code ${code}`}). Its log (${file}) ends:`,
      ...lastLogLines(file, 8),
    ].join('\n  '),
  );
}

function readPassword(dataDir: string): string | undefined {
  const file = passwordFile(dataDir);
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}
