import type { Tracer } from '@opentelemetry/api';
import { DbCallKinds } from './db-call-kinds.ts';
import { type RunningDbOperation, startDbOperation } from './db-operation.ts';
import { undoAll, wrapMethod } from './db-wrap-method.ts';
import type { InstrumentationEnvironment, Undo } from './environment.ts';
import { guard } from './guard.ts';
import { measureIoredisChannels } from './redis-channels.ts';
import { type RedisServer, redisBatch, redisCommand, redisFailure } from './redis-operation.ts';

/**
 * Spans and durations of ioredis 5 and 6.
 *
 * ioredis has channels from 5.11 on, but publishes a command when it is written: one that waited for the connection has
 * lost its caller by then, and one that never got a connection is not seen at all. So its methods are patched, and the
 * channels serve only where they cannot be, as in a bundle.
 */
export function instrumentIoredis(env: InstrumentationEnvironment): Undo {
  const tracer = env.tracer('@bellwether/sdk/ioredis');
  const stopChannels = measureIoredisChannels(tracer);
  const undos = [stopChannels];
  env.onModuleLoad({ name: 'ioredis', versions: '>=5 <7' }, (exports) => {
    stopChannels();
    const { Redis, Cluster, Pipeline } = exports as Record<string, { readonly prototype: object }>;
    for (const { prototype } of [Redis, Cluster].filter((it) => it !== undefined)) {
      undos.push(patchClient(prototype, tracer));
    }
    if (Pipeline !== undefined) undos.push(patchPipeline(Pipeline.prototype, tracer));
  });
  return () => undoAll(undos)();
}

interface Client {
  readonly status: string;
  readonly isCluster?: boolean;
  readonly options: { host?: string; port?: number; path?: string | null; db?: number };
  readonly condition?: { readonly select?: number } | null;
}

interface Command extends Seen {
  readonly name: string;
  readonly args: readonly unknown[];
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

interface Seen {
  [SEEN]?: true;
}

interface Pipeline extends Seen {
  readonly redis: Client;
  readonly _queue: readonly Command[];
  readonly _transactions: number;
}

type Results = readonly (readonly [error: unknown, result?: unknown])[];

/** Sent by ioredis itself while it connects. */
const handshake = new Set(['auth', 'hello', 'client', 'select', 'info', 'readonly']);

/** What was seen: a command comes again when a connection is there at last, or when a cluster sends it elsewhere. */
const SEEN = Symbol('bellwether');

const kinds = new DbCallKinds();

function patchClient(prototype: object, tracer: Tracer): Undo {
  const measure = guard('ioredis command', (client: Client, command: Command) => {
    command[SEEN] = true;
    if (client.status === 'connect' && handshake.has(command.name)) return;
    const kind = redisCommand(kinds, command.name, command.args.length, serverOf(client));
    endWithCommand(command, startDbOperation(tracer, kind));
  });
  return wrapMethod(prototype, 'sendCommand', (original) => {
    return function (...args) {
      const [command, stream] = args as [Command, { readonly isPipeline?: boolean } | undefined];
      if (stream?.isPipeline !== true && command[SEEN] !== true) measure(this as Client, command);
      return original.apply(this, args);
    };
  });
}

/** Not by its promise: handling that would hide from Node.js a rejection that the application does not handle. */
function endWithCommand(command: Command, running: RunningDbOperation): void {
  const { resolve, reject } = command;
  command.resolve = function (value) {
    running.end();
    return resolve.call(this, value);
  };
  command.reject = function (error) {
    running.end(redisFailure(error));
    return reject.call(this, error);
  };
}

function patchPipeline(prototype: object, tracer: Tracer): Undo {
  const measure = guard('ioredis pipeline', ({ redis, _queue: queue }: Pipeline) => {
    const isMulti = queue[0]?.name === 'multi';
    const size = isMulti ? Math.max(queue.length - 2, 0) : queue.length;
    const mode = isMulti ? 'MULTI' : 'PIPELINE';
    return startDbOperation(tracer, redisBatch(kinds, mode, size, serverOf(redis)));
  });
  return wrapMethod(prototype, 'exec', (original) => {
    return function (...args) {
      const pipeline = this as Pipeline;
      const { _transactions: open, _queue: queue } = pipeline;
      // In a transaction the first call only adds EXEC to the queue.
      if (open > 0 || queue.length === 0 || pipeline[SEEN]) return original.apply(this, args);
      pipeline[SEEN] = true;
      const running = measure(pipeline);
      const promise = original.apply(this, args) as Promise<Results>;
      // ioredis handles the rejection of this promise itself.
      promise.then(
        (results) => running?.end(failureIn(results)),
        (error) => running?.end(redisFailure(error)),
      );
      return promise;
    };
  });
}

function failureIn(results: Results) {
  const failed = results.find(([error]) => error != null);
  return failed === undefined ? undefined : redisFailure(failed[0]);
}

function serverOf({ isCluster, options, condition }: Client): RedisServer {
  if (isCluster === true) return { database: undefined, address: undefined, port: undefined };
  const database = condition?.select ?? options.db ?? 0;
  if (options.path) return { database, address: options.path, port: undefined };
  return { database, address: options.host ?? 'localhost', port: options.port ?? 6379 };
}
