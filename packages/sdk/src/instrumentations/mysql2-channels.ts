import { tracingChannel } from 'node:diagnostics_channel';
import { performance } from 'node:perf_hooks';
import { type Context, context, type Tracer } from '@opentelemetry/api';
import { DbCallKinds } from './db-call-kinds.ts';
import { dbMeters } from './db-meters.ts';
import { poolName } from './db-pool-name.ts';
import { listen, measureTrace } from './db-trace-channel.ts';
import { undoAll } from './db-wrap-method.ts';
import type { Undo } from './environment.ts';
import { mysqlFailure, mysqlStatement } from './mysql-statement.ts';

interface Server {
  readonly database: string;
  readonly serverAddress: string;
  readonly serverPort: number | undefined;
}

interface Statement extends Server {
  readonly query: string;
}

/** When a pool was asked, and by whom. */
const ASKED = Symbol('bellwether');

interface Asked extends Server {
  [ASKED]?: { readonly by: Context; readonly atMs: number };
}

/**
 * The channels of mysql2 3.20 and newer, for a copy of it that cannot be patched. They do not say which of MariaDB and MySQL it is, nor how
 * many connections a pool has.
 *
 * A statement that waited in a pool is published where another gave its connection back; the pool says right before whose turn it is.
 *
 * @see https://github.com/sidorares/node-mysql2/pull/4178
 */
export function measureMysql2Channels(tracer: Tracer): Undo {
  const kinds = new DbCallKinds();
  const wait = tracingChannel<object>('mysql2:pool:connect');
  let turnOf: Context | undefined;
  const measure = (name: string) =>
    measureTrace<Statement>(
      tracer,
      name,
      ({ database, serverAddress: host, serverPort: port, query }) =>
        mysqlStatement(
          kinds,
          { database: database || undefined, host, port },
          query,
          () => 'mysql',
        ),
      mysqlFailure,
      () => turnOf,
    );
  return undoAll([
    measure('mysql2:query'),
    measure('mysql2:execute'),
    listen(wait.start, (message: Asked) => {
      message[ASKED] = { by: context.active(), atMs: performance.now() };
    }),
    listen(wait.asyncStart, (message: Asked & { readonly error?: unknown }) => {
      const asked = message[ASKED];
      if (asked === undefined) return;
      turnOf = asked.by;
      if (message.error !== undefined) return;
      const { serverAddress, serverPort = '', database } = message;
      dbMeters.connectionWait.record((performance.now() - asked.atMs) / 1_000, {
        'db.client.connection.pool.name': poolName(serverAddress, serverPort, database),
      });
    }),
    listen(wait.asyncEnd, () => {
      turnOf = undefined;
    }),
  ]);
}
