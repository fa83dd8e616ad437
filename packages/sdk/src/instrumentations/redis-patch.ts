import type { Tracer } from '@opentelemetry/api';
import type { DbCallKind } from './db-call-kind.ts';
import { DbCallKinds } from './db-call-kinds.ts';
import { measurePromise } from './db-measure-promise.ts';
import { startDbOperation } from './db-operation.ts';
import { type Method, undoAll, wrapMethod } from './db-wrap-method.ts';
import type { Undo } from './environment.ts';
import { guard } from './guard.ts';
import { noteSelect, type QueuedCommand, type RedisClient, redisServerOf } from './redis-client.ts';
import { redisBatch, redisCommand, redisFailure } from './redis-operation.ts';

type Wrap = (original: Method) => Method;

const kinds = new DbCallKinds();

/**
 * node-redis 5.0 to 5.11, which has no channels yet: every command goes through `sendCommand`, every batch through one of
 * two methods.
 */
export function patchRedis5(exports: unknown, tracer: Tracer): Undo {
  const prototype = prototypeOf(exports);
  return undoAll([
    wrapMethod(prototype, 'sendCommand', measureSend(tracer)),
    wrapMethod(
      prototype,
      '_executeMulti',
      measureBatch(tracer, () => 'MULTI'),
    ),
    wrapMethod(
      prototype,
      '_executePipeline',
      measureBatch(tracer, () => 'PIPELINE'),
    ),
  ]);
}

/**
 * node-redis 4 keeps its methods private, all but the queue into which every command goes, and the queue does not know its
 * client. So the client is remembered while one of its methods runs; all of them reach the queue synchronously.
 */
let caller: RedisClient | undefined;

function withCaller<T>(client: RedisClient | undefined, call: () => T): T {
  const before = caller;
  caller = client;
  try {
    return call();
  } finally {
    caller = before;
  }
}

const asCaller: Wrap = (original) =>
  function (...args) {
    return withCaller(this, () => original.apply(this, args));
  };

/** `dist/lib/commander.js`: here the commands get their executor, before anything else can reach it. */
export function patchRedis4Commander(exports: unknown): Undo {
  return wrapMethod(exports as object, 'attachCommands', (attachCommands) => {
    return function (config, ...rest) {
      const { BaseClass, executor } = config as {
        readonly BaseClass: { readonly prototype: object };
        readonly executor: Method;
      };
      const isClient = 'multiExecutor' in BaseClass.prototype && 'connect' in BaseClass.prototype;
      const kept = isClient ? { ...(config as object), executor: asCaller(executor) } : config;
      return attachCommands.call(this, kept, ...rest);
    };
  });
}

/** `dist/lib/client/index.js` of node-redis 4. */
export function patchRedis4Client(exports: unknown, tracer: Tracer): Undo {
  const prototype = prototypeOf(exports);
  const entrances = [
    'sendCommand',
    'executeFunction',
    'executeScript',
    'SELECT',
    'commandsExecutor',
    'functionsExecuter',
    'scriptsExecuter',
  ];
  const measure = measureBatch(tracer, (chainId) => (chainId === undefined ? 'PIPELINE' : 'MULTI'));
  return undoAll([
    ...entrances.map((name) => wrapMethod(prototype, name, asCaller)),
    wrapMethod(prototype, 'multiExecutor', (original) => {
      const measured = measure(original);
      return function (...args) {
        return withCaller(undefined, () => measured.apply(this, args));
      };
    }),
  ]);
}

/** `dist/lib/client/commands-queue.js` of node-redis 4. */
export function patchRedis4Queue(exports: unknown, tracer: Tracer): Undo {
  const send = measureSend(tracer);
  return wrapMethod(prototypeOf(exports), 'addCommand', (original) => {
    return function (...args) {
      const client = caller;
      if (client === undefined) return original.apply(this, args);
      const add: Method = (...same) => original.apply(this, same);
      return withCaller(undefined, () => send(add).apply(client, args));
    };
  });
}

const measureSend =
  (tracer: Tracer): Wrap =>
  (original) =>
    function (this: RedisClient, ...args) {
      const words = args[0] as readonly unknown[];
      const name = String(words[0]).toUpperCase();
      return measured(
        tracer,
        () => redisCommand(kinds, name, words.length - 1, redisServerOf(this)),
        () => original.apply(this, args),
        name === 'SELECT' ? () => noteSelect(this, Number(words[1])) : undefined,
      );
    };

const measureBatch =
  (tracer: Tracer, modeOf: (chainId: unknown) => 'MULTI' | 'PIPELINE'): Wrap =>
  (original) =>
    function (this: RedisClient, ...args) {
      const commands = args[0] as readonly QueuedCommand[];
      return measured(
        tracer,
        () => redisBatch(kinds, modeOf(args[2]), commands.length, redisServerOf(this)),
        () => original.apply(this, args),
      );
    };

function measured(
  tracer: Tracer,
  describe: () => DbCallKind,
  call: () => unknown,
  onSuccess?: () => void,
): Promise<unknown> {
  const running = guard('redis', () => startDbOperation(tracer, describe()))();
  return measurePromise(call as () => Promise<unknown>, (error) => {
    if (error === undefined) onSuccess?.();
    running?.end(error === undefined ? undefined : redisFailure(error.value));
  });
}

function prototypeOf(exports: unknown): object {
  return (exports as { readonly default: { readonly prototype: object } }).default.prototype;
}
