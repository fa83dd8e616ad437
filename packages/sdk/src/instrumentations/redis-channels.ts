import { channel, tracingChannel } from 'node:diagnostics_channel';
import { performance } from 'node:perf_hooks';
import type { Tracer } from '@opentelemetry/api';
import type { DbCallKind } from './db-call-kind.ts';
import { DbCallKinds } from './db-call-kinds.ts';
import { dbMeters } from './db-meters.ts';
import { listen, measureTrace } from './db-trace-channel.ts';
import { undoAll } from './db-wrap-method.ts';
import type { Undo } from './environment.ts';
import { redisBatch, redisCommand, redisFailure } from './redis-operation.ts';

/**
 * Measures what a client of Redis publishes about itself: node-redis 5.12 and newer.
 *
 * @see https://github.com/redis/node-redis/blob/master/docs/diagnostics-channel.md
 */
export function measureRedisChannels(tracer: Tracer): Undo {
  const kinds = new DbCallKinds();
  const command = (message: CommandMessage) => commandOf(kinds, message);
  const batch = (message: BatchMessage) => batchOf(kinds, message);
  return undoAll([
    measureTrace(tracer, 'node-redis:command', command, redisFailure),
    measureTrace(tracer, 'node-redis:batch', batch, redisFailure),
    listen(channel('node-redis:pool:connection-wait'), recordPoolWait),
  ]);
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
  const command = (message: CommandMessage) =>
    inTransaction
      ? undefined
      : redisCommand(kinds, message.command, message.args.length, server(message));
  const whole = (message: BatchMessage) => batchOf(kinds, message);
  return undoAll([
    measureTrace(tracer, 'ioredis:command', command, redisFailure),
    measureTrace(tracer, 'ioredis:batch', whole, redisFailure),
    listen(batch.start, () => {
      inTransaction = true;
    }),
    listen(batch.end, () => {
      inTransaction = false;
    }),
  ]);
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

function recordPoolWait({ waitStartTimestamp }: { readonly waitStartTimestamp: number }): void {
  const seconds = (performance.now() - waitStartTimestamp) / 1_000;
  dbMeters.connectionWait.record(seconds, { 'db.client.connection.pool.name': 'redis' });
}
