import { EventEmitter, errorMonitor } from 'node:events';
import { context, type Tracer } from '@opentelemetry/api';
import type { DbCallKind } from './db-call-kind.ts';
import { DbCallKinds } from './db-call-kinds.ts';
import { type RunningDbOperation, startDbOperation } from './db-operation.ts';
import { undoAll, wrapMethod } from './db-wrap-method.ts';
import type { Undo } from './environment.ts';
import { guard } from './guard.ts';
import { mysqlFailure, mysqlStatement } from './mysql-statement.ts';
import { type Mysql2Config, mysql2Server } from './mysql2-server.ts';

/** The connection inside of every connection of `mysql2`, whichever face it has. */
interface Connection {
  readonly config: Mysql2Config;
  /** What the server said of itself; not there before it did. */
  readonly _handshakePacket?: { readonly serverVersion?: string } | null;
}

type Callback = (this: unknown, error: unknown, ...rest: unknown[]) => unknown;

/** A pool makes a command first and gives it to a connection when there is one. */
interface Command {
  readonly sql?: unknown;
  onResult?: unknown;
}

/** Measures every statement of a connection that is given as text, or as a command of a pool. */
export function patchMysql2Connection(prototype: object, tracer: Tracer): Undo {
  const kinds = new DbCallKinds();
  const start = guard('mysql2', (connection: Connection, statement: unknown) =>
    startDbOperation(tracer, kindOf(kinds, connection, statement)),
  );
  return undoAll(
    ['query', 'execute'].map((method) =>
      wrapMethod(prototype, method, (original) => {
        return function (...args) {
          const running = start(this as Connection, args[0]);
          if (running === undefined) return original.apply(this, args);
          const tellsByCall = endWithCallback(args, running);
          try {
            const command = original.apply(this, args);
            if (!tellsByCall) endWithEvents(command, running);
            return command;
          } catch (error) {
            running.end(mysqlFailure(error));
            throw error;
          }
        };
      }),
    ),
  );
}

/**
 * Puts ours in place of the callback. It is called by the socket, so it is bound to the context of the call: what the
 * application does in it keeps its span and its tenant.
 */
function endWithCallback(args: unknown[], running: RunningDbOperation): boolean {
  const around = (callback: Callback): Callback =>
    function (error, ...rest) {
      return context.with(running.parent, () => {
        running.end(error ? mysqlFailure(error) : undefined);
        return callback.call(this, error, ...rest);
      });
    };
  const command = args[0] as Command;
  if (typeof command.onResult === 'function') {
    command.onResult = around(command.onResult as Callback);
    return true;
  }
  const position = args.findIndex((value, index) => index > 0 && typeof value === 'function');
  if (position < 0) return false;
  args[position] = around(args[position] as Callback);
  return true;
}

/** A command without a callback says by events how it ends; nobody who listens is hidden from, so an error stays as unhandled as it was. */
function endWithEvents(command: unknown, running: RunningDbOperation): void {
  if (!(command instanceof EventEmitter)) {
    running.end();
    return;
  }
  command.once(errorMonitor, (error) => running.end(mysqlFailure(error)));
  command.once('end', () => running.end());
}

function kindOf(kinds: DbCallKinds, connection: Connection, statement: unknown): DbCallKind {
  const text = typeof statement === 'string' ? statement : (statement as Command).sql;
  return mysqlStatement(
    kinds,
    mysql2Server(connection.config),
    typeof text === 'string' ? text : '',
    () => (/mariadb/i.test(connection._handshakePacket?.serverVersion ?? '') ? 'mariadb' : 'mysql'),
  );
}
