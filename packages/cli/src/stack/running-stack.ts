import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { CliError } from '../cli-error.ts';
import type { Context } from '../context.ts';
import { processIdentity } from '../process-identity.ts';
import { ensureServer } from '../servers/ensure-server.ts';
import { stackFiles } from '../stack-files.ts';
import { lastLogLines } from './log-lines.ts';
import { choosePorts, type PortName } from './ports.ts';
import type { Service, ServiceRun } from './service.ts';
import type { ServiceName } from './service-names.ts';
import { type ServiceProcess, startProcess, untilReady } from './service-process.ts';
import { SERVICE_TABLE } from './service-table.ts';
import type { StackSettings } from './stack-settings.ts';
import { logFile, type ServiceState, type StackState, writeState } from './state-file.ts';
import type { FromSupervisor, StackProgress, StartRequest } from './supervisor-messages.ts';

interface StepTeller {
  /** What takes its time, said at once. */
  say(text: string): void;
  /** For the line that says how the step ended. */
  note(text: string): void;
}

/** The processes of one stack: started in order, watched, stopped in the opposite order. Lives in the supervisor. */
export class RunningStack {
  readonly #context: Context;
  readonly #dataDir: string;
  readonly #given: StartRequest['ports'];
  readonly #settings: StackSettings;
  #services: readonly Service[];
  readonly #send: (message: FromSupervisor) => void;
  readonly #processes = new Map<ServiceName, ServiceProcess>();
  readonly #states = new Map<ServiceName, ServiceState>();
  readonly #programs = new Map<ServiceName, string>();
  readonly #stoppedByHand = new Set<ServiceName>();
  readonly #startedAt = new Date().toISOString();
  readonly #stopping = new AbortController();
  #ports: StartRequest['ports'] = {};
  #stopped: Promise<void> | undefined;
  #starting: Promise<unknown> = Promise.resolve();

  constructor(context: Context, request: StartRequest, send: (message: FromSupervisor) => void) {
    this.#context = context;
    this.#dataDir = request.dataDir;
    this.#given = request.ports;
    this.#settings = request.settings;
    this.#services = request.services.map((name) => SERVICE_TABLE[name]);
    this.#send = send;
    for (const { name } of this.#services) this.#states.set(name, { name, state: 'waiting' });
  }

  /** Programs first, one after another (a build takes both cores), then the servers, each when those it needs are ready. */
  async start(): Promise<StartRequest['ports']> {
    // Given ports that are taken are said before a build; free ones are chosen after it, minutes later on a first run.
    await choosePorts(
      this.#services.map(({ name }) => name),
      this.#given,
    );
    this.#save();
    for (const service of this.#services) {
      await this.#step(`prepare ${service.name}`, async (tell) => {
        const program = await this.#programOf(service, tell);
        if (program === undefined) return 'skipped';
        this.#programs.set(service.name, program);
        return 'done';
      });
    }
    const names = this.#services.map(({ name }) => name);
    this.#ports = await choosePorts(names, this.#given);
    this.#save();
    const ready = new Map<ServiceName, Promise<void>>();
    const begin = (service: Service): Promise<void> => {
      const known = ready.get(service.name);
      if (known !== undefined) return known;
      const needed = service.needs.filter((name) => names.includes(name));
      const begun = Promise.all(needed.map((name) => begin(SERVICE_TABLE[name]))).then(() =>
        this.#startOne(service),
      );
      ready.set(service.name, begun);
      return begun;
    };
    const all = this.#services.map(begin);
    this.#starting = Promise.allSettled(all);
    await Promise.all(all);
    return this.#ports;
  }

  /** Idempotent. The Collector goes first, so that it can still hand over what it has; then all others together. */
  stop(): Promise<void> {
    this.#stopping.abort(new Error('the stack is stopping'));
    this.#stopped ??= this.#stopAll();
    return this.#stopped;
  }

  /** Stops one server while the others run on: nobody is told that it ended. */
  async stopService(name: ServiceName, signal?: NodeJS.Signals): Promise<void> {
    const running = this.#processes.get(name);
    if (running === undefined) return;
    this.#stoppedByHand.add(name);
    await running.stop(signal);
  }

  /** Starts a server that has ended, on its ports and with its data, and waits until it is ready. */
  async startService(name: ServiceName): Promise<void> {
    if (this.#processes.has(name)) return;
    await this.#startOne(SERVICE_TABLE[name]);
  }

  async #stopAll(): Promise<void> {
    await this.#processes.get('collector')?.stop();
    await Promise.all([...this.#processes.values()].map((started) => started.stop()));
    await this.#starting;
    await Promise.all([...this.#processes.values()].map((started) => started.stop()));
    this.#save();
  }

  /** `undefined` for an optional service whose program cannot be had: the stack has no such service then. */
  async #programOf(service: Service, tell: StepTeller): Promise<string | undefined> {
    try {
      return await this.#findProgram(service, tell);
    } catch (error) {
      const absent = error instanceof CliError && error.code === 'ERR_PACKAGE_MISSING';
      if (service.optional !== true || !absent) throw error;
      tell.note(error.message);
      this.#services = this.#services.filter(({ name }) => name !== service.name);
      this.#states.delete(service.name);
      this.#save();
      return undefined;
    }
  }

  async #findProgram(service: Service, { say, note }: StepTeller): Promise<string> {
    if (typeof service.program === 'function') {
      const file = await service.program(this.#context, say);
      note(file);
      return file;
    }
    const { file, note: taken } = await ensureServer(service.program, {
      context: this.#context,
      onProgress: say,
      signal: this.#stopping.signal,
    });
    note(taken);
    return file;
  }

  #startOne(service: Service): Promise<void> {
    const { name } = service;
    const program = this.#programs.get(name);
    if (program === undefined) {
      throw new CliError(
        'ERR_OPTION',
        `Expected a service of this stack (${[...this.#states.keys()].join(', ')}), got ${name}.`,
      );
    }
    return this.#step(`start ${name}`, async ({ note }) => {
      const run = this.#runOf(service, program, note);
      mkdirSync(run.folder, { recursive: true });
      await service.prepare?.(run);
      this.#stopping.signal.throwIfAborted();
      const started = await startProcess(service, run);
      this.#processes.set(name, started);
      const identity = processIdentity(started.pid);
      const known = { name, program, ...(identity && { process: identity }) };
      this.#set({ ...known, state: 'starting' });
      void started.exited.then(({ code, signal }) => {
        this.#processes.delete(name);
        const meant = this.#stoppedByHand.delete(name) || this.#stopping.signal.aborted;
        if (meant) return this.#set({ name, program, state: 'stopped' });
        const lastLines = lastLogLines(logFile(this.#dataDir, name), 10);
        const exit = { code, signal, at: new Date().toISOString(), lastLines };
        const ended: ServiceState = { name, program, state: 'exited', exit };
        this.#set(ended);
        this.#send({ type: 'exited', service: ended });
      });
      await untilReady(service, run, started, this.#stopping.signal);
      this.#set({ ...known, state: 'ready' });
      return 'done';
    });
  }

  #runOf(service: Service, program: string, note: ServiceRun['note']): ServiceRun {
    return {
      context: this.#context,
      files: stackFiles(),
      settings: this.#settings,
      dataDir: this.#dataDir,
      folder: join(this.#dataDir, service.name),
      program,
      note,
      has: (other) => this.#states.has(other),
      port: (name: PortName) => {
        const port = this.#ports[name];
        if (port === undefined)
          throw new TypeError(`Expected a stack with ${name}, got one without`);
        return port;
      },
    };
  }

  async #step(
    step: string,
    work: (tell: StepTeller) => Promise<'done' | 'skipped'>,
  ): Promise<void> {
    const began = performance.now();
    let detail = '';
    const tell = (state: StackProgress['state']) => {
      const seconds = Math.round((performance.now() - began) / 100) / 10;
      const times = {
        running: '...',
        done: `done in ${seconds} s`,
        skipped: 'left out',
        failed: `failed in ${seconds} s`,
      };
      const time = times[state];
      const message = [`${step}: ${time}`, ...(detail === '' ? [] : [`(${detail})`])].join(' ');
      this.#send({ type: 'progress', progress: { step, state, message, seconds } });
    };
    tell('running');
    try {
      const note = (text: string) => {
        detail = text;
      };
      const ended = await work({
        note,
        say: (text) => {
          note(text);
          tell('running');
        },
      });
      tell(ended);
    } catch (error) {
      tell('failed');
      throw error;
    }
  }

  #set(state: ServiceState): void {
    this.#states.set(state.name, state);
    this.#save();
  }

  #save(): void {
    const over = this.#stopping.signal.aborted && this.#processes.size === 0;
    const supervisor = over ? undefined : processIdentity(this.#context.pid);
    const state: StackState = {
      format: 1,
      ...(supervisor && { supervisor }),
      startedAt: this.#startedAt,
      ports: this.#ports,
      services: [...this.#states.values()],
    };
    writeState(this.#dataDir, state);
  }
}
