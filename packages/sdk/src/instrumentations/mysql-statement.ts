import type { DbCallKind, DbFailure } from './db-call-kind.ts';
import type { DbCallKinds } from './db-call-kinds.ts';
import { dbErrorType } from './db-error-type.ts';
import { sqlOperation, sqlWithoutLiterals } from './db-sql.ts';

/** Where a statement for MariaDB or MySQL goes. */
export interface MysqlServer {
  readonly database: string | undefined;
  /** A host, or the path of a socket, which has no port. */
  readonly host: string | undefined;
  readonly port: number | undefined;
}

/** The kind of a statement that a driver of MariaDB and MySQL was given. */
export function mysqlStatement(
  kinds: DbCallKinds,
  { database, host, port }: MysqlServer,
  text: string,
  system: () => 'mariadb' | 'mysql',
): DbCallKind {
  return (
    kinds.find(database, host, port, text, 0) ??
    kinds.keep(database, host, port, text, 0, {
      system: system(),
      name: sqlOperation(text),
      namespace: database,
      address: host,
      port,
      text: () => (text === '' ? undefined : sqlWithoutLiterals(text, 'mysql')),
    })
  );
}

/** The words of an error quote data, so only its number and its name are taken. */
export function mysqlFailure(error: unknown): DbFailure {
  const { errno } = (error ?? {}) as { readonly errno?: unknown };
  const type = dbErrorType(error);
  // From 45000 on a driver speaks, not the server; below zero the operating system does.
  return typeof errno === 'number' && errno > 0 && errno < 45_000
    ? { type, statusCode: String(errno) }
    : { type };
}
