import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { CliError } from '../../cli-error.ts';
import type { Context } from '../../context.ts';

const run = promisify(execFile);

/** What a server says about itself and its database. */
export interface PostgresFacts {
  /** `18.4` */
  readonly version: string;
  readonly major: number;
  /** Tables outside of PostgreSQL's own schemas. */
  readonly tables: number;
}

/** Without user and password. */
export function shownDatabase(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `PostgreSQL at ${hostname}:${port || 5432}${pathname}`;
}

/** Throws ERR_POSTGRES. */
export async function postgresFacts(url: string): Promise<PostgresFacts> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string; number: string; tables: string }>(
      `select current_setting('server_version') as version, current_setting('server_version_num') as number,
              (select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema')
                  and n.nspname not like 'pg\\_toast%' and n.nspname not like 'pg\\_temp%') as tables`,
    );
    const [{ version, number, tables }] = rows as [(typeof rows)[0]];
    return {
      version: version.split(' ')[0] ?? version,
      major: Math.floor(Number(number) / 10_000),
      tables: Number(tables),
    };
  } catch (error) {
    throw new CliError(
      'ERR_POSTGRES',
      `Expected ${shownDatabase(url)} to answer, got ${(error as Error).message || (error as NodeJS.ErrnoException).code}.`,
      { cause: error },
    );
  } finally {
    await client.end().catch(() => {});
  }
}

/**
 * Runs pg_dump or pg_restore against the database. The password goes through a file that only we can read: it is on no command line and in
 * no environment. Throws ERR_POSTGRES with the last thing that the program said.
 */
export async function runOnDatabase(
  program: string,
  args: readonly string[],
  url: string,
  context: Context,
  signal?: AbortSignal,
): Promise<void> {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url);
  const folder = await mkdtemp(join(tmpdir(), 'bellwether-pg-'));
  const passFile = join(folder, 'pgpass');
  const escaped = decodeURIComponent(password).replace(/[\\:]/g, '\\$&');
  const sslmode = searchParams.get('sslmode');
  try {
    await writeFile(passFile, `*:*:*:*:${escaped}\n`, { mode: 0o600 });
    await run(
      program,
      [
        ...['--no-password', '--host', hostname, '--port', port || '5432'],
        ...['--username', decodeURIComponent(username)],
        ...['--dbname', decodeURIComponent(pathname.slice(1)), ...args],
      ],
      {
        maxBuffer: 16 * 1024 * 1024,
        ...(signal !== undefined && { signal }),
        env: {
          PATH: context.env.PATH,
          LC_ALL: 'C',
          PGPASSFILE: passFile,
          // Whoever holds a lock is waited for, not for ever.
          PGOPTIONS: '-c lock_timeout=60000',
          ...(sslmode !== null && { PGSSLMODE: sslmode }),
        },
      },
    );
  } catch (error) {
    const { stderr = '', message } = error as { stderr?: string; message: string };
    if (/No space left on device/.test(stderr)) throw noRoom(error);
    const said = (stderr.trim() || message).split('\n').slice(0, 4).join(' ');
    throw new CliError('ERR_POSTGRES', `Expected ${program} to succeed, got: ${said}`, {
      cause: error,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const noRoom = (cause: unknown) =>
  new CliError(
    'ERR_BACKUP_STORE',
    'Expected room for a dump of PostgreSQL, got a full disk; make room, or name another folder by --work. Earlier backups are as they were.',
    { cause },
  );
