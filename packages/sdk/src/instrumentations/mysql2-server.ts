import type { MysqlServer } from './mysql-statement.ts';

/** What `mysql2` keeps of where a connection goes. */
export interface Mysql2Config {
  readonly host?: string;
  readonly port?: number | string;
  readonly database?: string;
  readonly socketPath?: string;
}

/** With the defaults of the driver. */
export function mysql2Server({ host, port, database, socketPath }: Mysql2Config): MysqlServer {
  const at = { database: database || undefined };
  return socketPath
    ? { ...at, host: socketPath, port: undefined }
    : { ...at, host: host || 'localhost', port: Number(port ?? 3_306) };
}
