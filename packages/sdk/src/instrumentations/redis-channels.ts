import { type Channel, channel, tracingChannel } from 'node:diagnostics_channel';
import { performance } from 'node:perf_hooks';
import type { Tracer } from '@opentelemetry/api';
import type { DbCallKind } from './db-call-kind.ts';
import { DbCallKinds } from './db-call-kinds.ts';
import { dbMeters } from './db-meters.ts';
import { type RunningDbOperation, startDbOperation } from './db-operation.ts';
import type { Undo } from './environment.ts';
import { guard } from './guard.ts';
import { redisBatch, redisCommand, redisFailure } from './redis-operation.ts';

/**
 * Measures what a client of Redis publishes about itself: node-redis 5.12 and newer.
 *
 * @see https://github.com/redis/node-redis/blob/master/docs/diagnostics-channel.md
 */
export function measureRedisChannels(tracer: Tracer): Undo {
  const kinds = new DbCallKinds();
  const undo = [
    onTrace<CommandMessage>(tracer, 'node-redis:command', (message) => commandOf(kinds, message)),
    onTrace<BatchMessage>(tracer, 'node-redis:batch', (message) => batchOf(kinds, message)),
    listen(channel('node-redis:pool:connection-wait'), recordPoolWait),
  ];
  return () => {
    for (const each of undo) each();
  };
}

/**
 * The channels of ioredis 5.11 and newer, for a copy of it that cannot be patched. A command is seen when it is written,
 * and every command of a pipeline is one of its own.
 *
 * @see https://github.com/redis/ioredis#tracing
 */
export function measureIoredisChannels(tracer: Tracer): Undo {
  // A transaction is written while it is traced: its commands come in between.
  let inTransaction = false;
  const kinds = new DbCallKinds();
  const batch = tracingChannel<object>('ioredis:batch');
  const undo = [
    onTrace<CommandMessage>(tracer, 'ioredis:command', (message) =>
      inTransaction
        ? undefined
        : redisCommand(kinds, message.command, message.args.length, server(message)),
    ),
    onTrace<BatchMessage>(tracer, 'ioredis:batch', (message) => batchOf(kinds, message)),
    listen(batch.start, () => {
      inTransaction = true;
    }),
    listen(batch.end, () => {
      inTransaction = false;
    }),
  ];
  return () => {
    for (const each of undo) each();
  };
}

interface CommandMessage {
  readonly command: string;
  readonly args: readonly string[];
  readonly database: number;
  readonly serverAddress: string | undefined;
  readonly serverPort: number | undefined;
  readonly batchMode?: string;
}

interface BatchMessage extends Omit<CommandMessage, 'command' | 'args' | 'batchMode'> {
  readonly batchMode: 'MULTI' | 'PIPELINE';
  readonly batchSize: number;
}

/** Commands of a pipeline are published too, besides the pipeline itself. */
function commandOf(kinds: DbCallKinds, message: CommandMessage): DbCallKind | undefined {
  if (message.batchMode !== undefined) return undefined;
  return redisCommand(kinds, message.command, message.args.length - 1, server(message));
}

function batchOf(kinds: DbCallKinds, message: BatchMessage): DbCallKind {
  return redisBatch(kinds, message.batchMode, message.batchSize, server(message));
}

function server(message: Pick<CommandMessage, 'database' | 'serverAddress' | 'serverPort'>) {
  const { database, serverAddress: address, serverPort: port } = message;
  return { database, address, port };
}

/** The call that a message is about, on the message itself: it is made for one call and thrown away with it. */
const RUNNING = Symbol('bellwether');

interface Traced {
  [RUNNING]?: RunningDbOperation;
  readonly error?: unknown;
}

function onTrace<Message extends object>(
  tracer: Tracer,
  name: string,
  kindOf: (message: Message) => DbCallKind | undefined,
): Undo {
  const trace = tracingChannel<object>(name);
  const undo = [
    listen(trace.start, (message: Message & Traced) => {
      const kind = kindOf(message);
      if (kind !== undefined) message[RUNNING] = startDbOperation(tracer, kind);
    }),
    listen(trace.error, (message: Traced) => {
      message[RUNNING]?.end(redisFailure(message.error));
    }),
    listen(trace.asyncEnd, (message: Traced) => {
      message[RUNNING]?.end();
    }),
  ];
  return () => {
    for (const each of undo) each();
  };
}

function recordPoolWait({ waitStartTimestamp }: { readonly waitStartTimestamp: number }): void {
  const seconds = (performance.now() - waitStartTimestamp) / 1_000;
  dbMeters.connectionWait.record(seconds, { 'db.client.connection.pool.name': 'redis' });
}

function listen<Message>(to: Channel, work: (message: Message) => void): Undo {
  const onMessage = guard(to.name.toString(), (message: unknown) => work(message as Message));
  to.subscribe(onMessage);
  return () => {
    to.unsubscribe(onMessage);
  };
}
