import { type Channel, channel, tracingChannel } from 'node:diagnostics_channel';
import { performance } from 'node:perf_hooks';
import type { Tracer } from '@opentelemetry/api';
import { dbMeters } from './db-meters.ts';
import { type DbOperation, type EndDbOperation, startDbOperation } from './db-operation.ts';
import type { Undo } from './environment.ts';
import { guard } from './guard.ts';
import { redisBatch, redisCommand, redisFailure } from './redis-operation.ts';

/**
 * Measures what a client of Redis publishes about itself: node-redis 5.12 and newer.
 *
 * @see https://github.com/redis/node-redis/blob/master/docs/diagnostics-channel.md
 */
export function measureRedisChannels(tracer: Tracer): Undo {
  const undo = [
    onTrace(tracer, 'node-redis:command', commandOf),
    onTrace(tracer, 'node-redis:batch', batchOf),
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
  const batch = tracingChannel<object>('ioredis:batch');
  const undo = [
    onTrace(tracer, 'ioredis:command', (message) => {
      const { command, args, ...at } = message as CommandMessage;
      return inTransaction ? undefined : redisCommand(command, args.length, server(at));
    }),
    onTrace(tracer, 'ioredis:batch', batchOf),
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
function commandOf(message: object): DbOperation | undefined {
  const { command, args, batchMode, ...at } = message as CommandMessage;
  return batchMode === undefined ? redisCommand(command, args.length - 1, server(at)) : undefined;
}

function batchOf(message: object): DbOperation {
  const { batchMode, batchSize, ...at } = message as BatchMessage;
  return redisBatch(batchMode, batchSize, server(at));
}

function server({
  database,
  serverAddress,
  serverPort,
}: Pick<CommandMessage, 'database' | 'serverAddress' | 'serverPort'>) {
  return { database, address: serverAddress, port: serverPort };
}

function onTrace(
  tracer: Tracer,
  name: string,
  describe: (message: object) => DbOperation | undefined,
): Undo {
  const running = new WeakMap<object, EndDbOperation>();
  const trace = tracingChannel<object>(name);
  const undo = [
    listen(trace.start, (message) => {
      const operation = describe(message);
      if (operation !== undefined) running.set(message, startDbOperation(tracer, operation));
    }),
    listen(trace.error, (message) => {
      running.get(message)?.(redisFailure((message as { error?: unknown }).error));
    }),
    listen(trace.asyncEnd, (message) => running.get(message)?.()),
  ];
  return () => {
    for (const each of undo) each();
  };
}

function recordPoolWait(message: object): void {
  const { waitStartTimestamp } = message as { waitStartTimestamp: number };
  const seconds = (performance.now() - waitStartTimestamp) / 1_000;
  dbMeters.connectionWait.record(seconds, { 'db.client.connection.pool.name': 'redis' });
}

function listen(to: Channel, work: (message: object) => void): Undo {
  const onMessage = guard(to.name.toString(), (message: unknown) => work(message as object));
  to.subscribe(onMessage);
  return () => {
    to.unsubscribe(onMessage);
  };
}
