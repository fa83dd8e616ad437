import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { freePort } from '../free-port.mjs';
import { poll } from '../poll.mjs';

const startSeconds = 60;
const stopSeconds = 20;

/**
 * The server and the program that makes its first tables: those of BELLWETHER_MARIADB (a path of mariadbd) or on PATH, else Debian's packages
 * mariadb-server-core and mariadb-client-core, without daemon and user, where we may install them. `undefined` where there is none to be had, or BELLWETHER_MARIADB is `none`.
 */
export function findMariadb(say, { install = true } = {}) {
  if (process.env.BELLWETHER_MARIADB === 'none') return undefined;
  const found = programs();
  const mayInstall = install && process.getuid?.() === 0 && onPath('apt-get').length > 0;
  if (found !== undefined || !mayInstall) return found;
  say('  installing mariadb-server-core and mariadb-client-core by apt-get');
  const options = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  const packages = ['mariadb-server-core', 'mariadb-client-core'];
  const quietly = ['-qy', '-o', 'DPkg::Lock::Timeout=300', '--no-install-recommends'];
  spawnSync('apt-get', ['update', '-q'], options);
  spawnSync('apt-get', ['install', ...quietly, ...packages], options);
  return programs();
}

function programs() {
  const named = process.env.BELLWETHER_MARIADB;
  const server = [named, ...onPath('mariadbd')].find((file) => file && existsSync(file));
  const [installDb] = onPath('mariadb-install-db');
  // What makes the tables asks this one, which is in the other package.
  const isWhole = installDb !== undefined && onPath('my_print_defaults').length > 0;
  return server !== undefined && isWhole ? { server, installDb } : undefined;
}

/** The port that a MariaDB will have, and whom its exporter asks as: said before it runs, so that what watches it can be told. */
export async function planMariadb(folder) {
  const port = await freePort();
  const passwordFile = join(folder, 'mariadb-monitor-password');
  writeFileSync(passwordFile, secret(), { mode: 0o600 });
  return { host: '127.0.0.1', port, user: 'bellwether_monitor', passwordFile };
}

const secret = () => randomBytes(24).toString('hex');

/**
 * A MariaDB with one empty database and one user, on loopback and a free port, its data below `dataDir`. With a `plan` it has that port, and a
 * second user that may look at what the server counts, and into no table.
 */
export async function startMariadb({ server, installDb }, { dataDir, plan }) {
  const folder = join(dataDir, 'mariadb');
  const data = join(folder, 'data');
  mkdirSync(folder, { recursive: true });
  const log = openSync(join(folder, 'mariadb.log'), 'a', 0o600);
  // Root has to say that it means it.
  const user = process.getuid?.() === 0 ? ['--user=root'] : [];
  if (!existsSync(data)) {
    execFileSync(
      installDb,
      ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', ...user],
      { stdio: ['ignore', log, log] },
    );
  }
  const port = plan?.port ?? (await freePort());
  const password = secret();
  const init = join(folder, 'init.sql');
  const users = initSql(password) + (plan === undefined ? '' : monitorSql(plan));
  writeFileSync(init, users, { mode: 0o600 });
  const child = spawn(
    server,
    [
      ...['--no-defaults', `--datadir=${data}`, `--port=${port}`, '--bind-address=127.0.0.1'],
      ...[`--socket=${join(folder, 'socket')}`, `--pid-file=${join(folder, 'pid')}`],
      ...[
        `--init-file=${init}`,
        '--skip-name-resolve',
        '--innodb-flush-log-at-trx-commit=2',
        ...user,
      ],
    ],
    { stdio: ['ignore', log, log], detached: true },
  );
  closeSync(log);
  const ended = new Promise((resolve) => {
    child.once('exit', resolve);
    child.once('error', resolve);
  });
  let isOver = false;
  ended.then(() => {
    isOver = true;
  });
  const stop = async () => {
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), stopSeconds * 1_000);
    await ended;
    clearTimeout(late);
  };
  const up = await poll(startSeconds, new AbortController().signal, () => isOver || answers(port));
  if (!up || isOver) {
    await stop();
    throw new Error(`Expected MariaDB to start, got none; see ${join(folder, 'mariadb.log')}`);
  }
  return { url: `mysql://bellwether:${password}@127.0.0.1:${port}/users`, stop };
}

/** Read before the first connection is taken. */
const initSql = (password) => `CREATE DATABASE IF NOT EXISTS users;
CREATE OR REPLACE USER 'bellwether'@'127.0.0.1' IDENTIFIED BY '${password}';
GRANT ALL ON users.* TO 'bellwether'@'127.0.0.1';
ALTER USER 'root'@'localhost' IDENTIFIED BY '${secret()}';
`;

const monitorSql = ({ host, user, passwordFile }) => {
  const account = `'${user}'@'${host}'`;
  const password = readFileSync(passwordFile, 'utf8').trim();
  return `CREATE OR REPLACE USER ${account} IDENTIFIED BY '${password}' WITH MAX_USER_CONNECTIONS 3;
GRANT PROCESS, REPLICATION CLIENT, SLAVE MONITOR, SHOW VIEW ON *.* TO ${account};
`;
};

function onPath(name) {
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/sbin'];
  return folders.map((folder) => join(folder, name)).filter((file) => existsSync(file));
}

/** The server greets whoever connects. */
function answers(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const done = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('data', () => done(true));
    socket.once('error', () => done(false));
    socket.setTimeout(1_000, () => done(false));
  });
}
