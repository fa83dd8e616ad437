import { context, type Tracer } from '@opentelemetry/api';
import type { DbCallKind, DbFailure } from './db-call-kind.ts';
import { DbCallKinds } from './db-call-kinds.ts';
import { type RunningDbOperation, startDbOperation } from './db-operation.ts';
import { undoAll, wrapMethod } from './db-wrap-method.ts';
import type { Undo } from './environment.ts';
import { guard } from './guard.ts';
import { mysqlFailure, mysqlStatement } from './mysql-statement.ts';

/** The connection inside of every connection of `mariadb`, whichever face it has. */
interface Connection {
  readonly opts: { readonly host?: string; readonly port?: number; readonly database?: string };
  readonly info?: { isMariaDB?(): boolean };
  readonly status?: number;
}

/** As the driver numbers the states of a connection. */
const CONNECTED = 5;

type Settle = (value: unknown) => unknown;

/** Each gets what to do, what to call with the answer, and what to call with an error. */
const methods = ['query', 'prepareExecute', 'batch', 'changeTransaction'];

/** Measures every statement of a connection, whether a pool was asked or a connection. */
export function patchConnection(prototype: object, tracer: Tracer): Undo {
  const kinds = new DbCallKinds();
  const start = guard('mariadb', (connection: Connection, statement: unknown) =>
    startDbOperation(tracer, kindOf(kinds, connection, statement)),
  );
  return undoAll(
    methods.map((method) =>
      wrapMethod(prototype, method, (original) => {
        return function (...args) {
          const [statement, resolve, reject] = args;
          const isTold = typeof resolve === 'function' && typeof reject === 'function';
          // What the driver itself says before is part of connecting.
          const isOpen = (this as Connection).status === CONNECTED;
          const running = isTold && isOpen ? start(this as Connection, statement) : undefined;
          if (running === undefined) return original.apply(this, args);
          const [, , , ...rest] = args;
          return original.apply(this, [
            statement,
            ended(running, resolve as Settle, () => undefined),
            ended(running, reject as Settle, mysqlFailure),
            ...rest,
          ]);
        };
      }),
    ),
  );
}

/** Called by the socket, so it is bound to the context of the call: what the application does in it keeps its span and its tenant. */
function ended(
  running: RunningDbOperation,
  settle: Settle,
  failure: (value: unknown) => DbFailure | undefined,
): Settle {
  return (value) =>
    context.with(running.parent, () => {
      running.end(failure(value));
      return settle(value);
    });
}

function kindOf(kinds: DbCallKinds, { opts, info }: Connection, statement: unknown): DbCallKind {
  const { sql } = (statement ?? {}) as { readonly sql?: unknown };
  const { database, host, port } = opts;
  return mysqlStatement(kinds, { database, host, port }, typeof sql === 'string' ? sql : '', () =>
    info?.isMariaDB?.() === false ? 'mysql' : 'mariadb',
  );
}
