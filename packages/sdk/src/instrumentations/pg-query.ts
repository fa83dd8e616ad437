import { EventEmitter, errorMonitor } from 'node:events';
import { context, type Tracer } from '@opentelemetry/api';
import type { DbCallKind, DbFailure } from './db-call-kind.ts';
import { DbCallKinds } from './db-call-kinds.ts';
import { dbErrorType } from './db-error-type.ts';
import { measurePromise } from './db-measure-promise.ts';
import { type RunningDbOperation, startDbOperation } from './db-operation.ts';
import { sqlOperation, sqlWithoutLiterals } from './db-sql.ts';
import { wrapMethod } from './db-wrap-method.ts';
import type { Undo } from './environment.ts';
import { guard } from './guard.ts';

type Callback = (this: unknown, error: unknown, ...rest: unknown[]) => unknown;

/** What `client.query` takes: a text, a configuration, or an object that submits itself (a cursor, a stream). */
interface Statement {
  readonly text?: unknown;
  readonly submit?: unknown;
  callback?: unknown;
}

interface Client {
  readonly connectionParameters?: {
    readonly host?: string;
    readonly port?: number;
    readonly database?: string;
  };
}

const patched = new WeakSet<object>();

/** Measures every statement of a client of `pg`, given as text or object, with a callback or a promise. */
export function patchPgClient(prototype: object, tracer: Tracer): Undo {
  if (patched.has(prototype)) return () => {};
  patched.add(prototype);
  const kinds = new DbCallKinds();
  const start = guard('pg', (client: Client, statement: unknown) =>
    startDbOperation(tracer, kindOf(kinds, client, statement)),
  );
  const undo = wrapMethod(prototype, 'query', (original) => {
    return function (...args) {
      const [statement] = args;
      const running = tellsItsEnd(args) ? start(this as Client, statement) : undefined;
      if (running === undefined) return original.apply(this, args);
      const ended = endWithCallback(args, running) || endWithEvents(statement, running);
      if (!ended) {
        return measurePromise(
          () => original.apply(this, args) as Promise<unknown>,
          (failed) => running.end(failed && pgFailure(failed.value)),
        );
      }
      try {
        return original.apply(this, args);
      } catch (error) {
        running.end(pgFailure(error));
        throw error;
      }
    };
  });
  return () => {
    patched.delete(prototype);
    undo();
  };
}

/**
 * Puts ours in place of the application's callback, wherever it was given. It is called by the socket, so it is bound to the
 * context of the call: what the application does in it keeps its span and its tenant.
 */
function endWithCallback(args: unknown[], running: RunningDbOperation): boolean {
  const around = (callback: Callback): Callback =>
    function (error, ...rest) {
      return context.with(running.parent, () => {
        running.end(error ? pgFailure(error) : undefined);
        return callback.call(this, error, ...rest);
      });
    };
  const statement = args[0] as Statement;
  if (typeof statement === 'object' && typeof statement.callback === 'function') {
    const callback = around(statement.callback as Callback);
    if (isSubmittable(statement)) statement.callback = callback;
    else args[0] = { ...(statement as object), callback };
    return true;
  }
  const position = args.findIndex((value, index) => index > 0 && typeof value === 'function');
  if (position < 0) return false;
  args[position] = around(args[position] as Callback);
  return true;
}

/** A query object without a callback, a cursor, a stream: it says by events how it ends. */
function endWithEvents(statement: unknown, running: RunningDbOperation): boolean {
  if (!isSubmittable(statement) || !(statement instanceof EventEmitter)) return false;
  statement.once('end', () => running.end());
  statement.once('close', () => running.end());
  statement.once(errorMonitor, (error) => running.end(pgFailure(error)));
  return true;
}

/** False for what throws at once, and for an object that submits itself without a word about its end. */
function tellsItsEnd([statement, ...rest]: readonly unknown[]): boolean {
  if (statement == null) return false;
  if (!isSubmittable(statement) || statement instanceof EventEmitter) return true;
  return typeof statement.callback === 'function' || rest.some((it) => typeof it === 'function');
}

function isSubmittable(statement: unknown): statement is Statement & object {
  return typeof (statement as Statement).submit === 'function';
}

function kindOf(
  kinds: DbCallKinds,
  { connectionParameters: at }: Client,
  statement: unknown,
): DbCallKind {
  const { text } = typeof statement === 'string' ? { text: statement } : (statement as Statement);
  const sql = typeof text === 'string' ? text : undefined;
  const word = sql ?? '';
  return (
    kinds.find(at?.database, at?.host, at?.port, word, 0) ??
    kinds.keep(at?.database, at?.host, at?.port, word, 0, {
      system: 'postgresql',
      name: sql === undefined ? undefined : sqlOperation(sql),
      namespace: at?.database,
      address: at?.host,
      port: at?.port,
      text: () => (sql === undefined ? undefined : sqlWithoutLiterals(sql)),
    })
  );
}

/** The words of an error of PostgreSQL quote data, so only its SQLSTATE is taken. */
function pgFailure(error: unknown): DbFailure {
  const type = dbErrorType(error);
  return /^[0-9A-Z]{5}$/.test(type) ? { type, statusCode: type } : { type };
}
