import type { DbCallKind, DbFailure } from './db-call-kind.ts';
import type { DbCallKinds } from './db-call-kinds.ts';
import { dbErrorType } from './db-error-type.ts';

/** Where a command goes. `undefined` is what the client does not tell, as for the nodes of a cluster. */
export interface RedisServer {
  readonly database: number | undefined;
  /** A host, or the path of a socket. */
  readonly address: string | undefined;
  readonly port: number | undefined;
}

/** Question marks in a statement at most: a command may have a million arguments. */
const MAX_ARGUMENTS = 20;

/** A command on its own. Of its arguments only their number is kept. */
export function redisCommand(
  kinds: DbCallKinds,
  command: string,
  argumentCount: number,
  { database, address, port }: RedisServer,
): DbCallKind {
  const name = command.toUpperCase();
  const shown = Math.min(argumentCount, MAX_ARGUMENTS + 1);
  return (
    kinds.find(database, address, port, name, shown) ??
    kinds.keep(database, address, port, name, shown, {
      ...place(database, address, port),
      name,
      text: () => commandText(name, argumentCount),
    })
  );
}

/**
 * A transaction or pipeline: one operation.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/db/redis/
 */
export function redisBatch(
  kinds: DbCallKinds,
  mode: 'MULTI' | 'PIPELINE',
  batchSize: number,
  { database, address, port }: RedisServer,
): DbCallKind {
  return (
    kinds.find(database, address, port, batchWords[mode], batchSize) ??
    kinds.keep(database, address, port, batchWords[mode], batchSize, {
      ...place(database, address, port),
      name: mode,
      batchSize,
    })
  );
}

/** MULTI is a command too, which has no size. */
const batchWords = { MULTI: 'MULTI batch', PIPELINE: 'PIPELINE batch' };

function place(
  database: number | undefined,
  address: string | undefined,
  port: number | undefined,
) {
  const namespace = database === undefined ? undefined : String(database);
  return { system: 'redis', namespace, address, port } as const;
}

function commandText(name: string, argumentCount: number): string {
  const shown = Math.min(argumentCount, MAX_ARGUMENTS);
  return name + ' ?'.repeat(shown) + (argumentCount > shown ? ' ...' : '');
}

/** Errors that are an answer of the server: ioredis, node-redis 4, node-redis 5 and newer. */
const replies = new Set(['ReplyError', 'ErrorReply', 'SimpleError', 'BlobError']);

export function redisFailure(error: unknown): DbFailure {
  try {
    if (!(error instanceof Error)) return { type: dbErrorType(error) };
    const isReply = replies.has(error.name) || replies.has(error.constructor.name);
    const code = isReply ? /^[A-Z][A-Z0-9_]{0,49}(?= |$)/.exec(error.message)?.[0] : undefined;
    return code === undefined ? { type: dbErrorType(error) } : { type: code, statusCode: code };
  } catch {
    // An error that throws when it is looked at.
    return { type: '_OTHER' };
  }
}
