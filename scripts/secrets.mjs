// `npm run secrets`: the passwords and keys of compose.yaml, made here, once. Needs nothing but Node. See npm run secrets -- --help
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const help = `npm run secrets -- [options]

Makes what compose.yaml asks for: a random password or key in each file of secrets/, and in .env beside that folder the group that may read them. What is there
already stays as it is, so that the data of a running stack keeps its passwords. Nothing is printed but names.

  --folder <path>   where the files go (default: secrets, which compose.yaml names)
  --check           make nothing: say what is missing, empty or readable by others, and exit with 1 if anything is
  --help            this text

Channels of Alertmanager are used when their file is in secrets/alertmanager: slack-webhook-url, pagerduty-routing-key, smtp-password.
Backups are encrypted and go to a bucket by files in secrets/backup: see docs/guides/backup.md.
`;

/** Read by the group that containers are given as well, and by nobody else. */
const FILE_MODE = 0o640;
const FOLDER_MODE = 0o750;
/** The group as which a stack of root's reads them: no user has it. */
const GROUP_OF_ROOT = 64_213;

const options = read(process.argv.slice(2));
const folder = resolve(root, options.folder);
const gid = process.getgid() === 0 ? GROUP_OF_ROOT : process.getgid();
const random = (bytes = 24) => randomBytes(bytes).toString('base64url');

/** Each file, in order: a later one may quote an earlier one. Redis wants its users in a format of its own, its exporter a list. */
const files = {
  'postgres-password': () => random(),
  'postgres-monitor-password': () => random(),
  'redis-password': () => random(),
  'database-url': (of) =>
    `postgresql://bellwether:${of('postgres-password')}@postgres:5432/bellwether`,
  'redis-url': (of) => `redis://default:${of('redis-password')}@redis:6379`,
  'redis-users': (of) => `user default on >${of('redis-password')} ~* &* +@all`,
  'redis-exporter-passwords': (of) =>
    JSON.stringify({ 'redis://redis:6379': of('redis-password') }),
  'jwt-secret': () => random(48),
  'shop-admin-token': () => random(),
  'alertmanager/notifications-token': () => random(32),
  'notifications-read-token': () => random(32),
  'prometheus-admin-token': () => random(32),
};

try {
  process.exitCode = options.check ? check() : make();
} catch (error) {
  process.stderr.write(`npm run secrets: ${error.message}\n`);
  process.exitCode = 1;
}

function make() {
  for (const path of [folder, join(folder, 'alertmanager'), join(folder, 'backup')]) {
    mkdirSync(path, { recursive: true, mode: FOLDER_MODE });
    restrict(path, FOLDER_MODE);
  }
  const made = [];
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    if (!existsSync(path)) {
      writeFileSync(path, `${content(contentOf)}\n`, { mode: FILE_MODE, flag: 'wx' });
      made.push(name);
    }
    restrict(path, FILE_MODE);
  }
  writeGroup();
  const kept = Object.keys(files).length - made.length;
  process.stdout.write(
    `${shown(folder)}: ${made.length} made${made.length > 0 ? ` (${made.join(', ')})` : ''}, ${kept} kept\n`,
  );
  return 0;
}

function check() {
  const problems = Object.keys(files).flatMap((name) => {
    const path = join(folder, name);
    if (!existsSync(path)) return [`${shown(path)} is missing: run npm run secrets`];
    const { mode, size } = statSync(path);
    if (size < 2) return [`${shown(path)} is empty: remove it and run npm run secrets`];
    if ((mode & 0o007) !== 0)
      return [`${shown(path)} is open to every user of this machine: chmod 640 ${shown(path)}`];
    return [];
  });
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  if (problems.length === 0)
    process.stdout.write(`${Object.keys(files).length} secrets are well\n`);
  return problems.length === 0 ? 0 : 1;
}

function contentOf(name) {
  const content = readFileSync(join(folder, name), 'utf8').trim();
  if (content === '')
    throw new Error(
      `Expected a secret in ${shown(join(folder, name))}, got nothing; remove the file`,
    );
  return content;
}

function restrict(path, mode) {
  chmodSync(path, mode);
  if (statSync(path).gid !== gid) chownSync(path, statSync(path).uid, gid);
}

/** One line of .env is ours; what else is in it stays. */
function writeGroup() {
  const path = join(dirname(folder), '.env');
  const line = `BELLWETHER_SECRETS_GID=${gid}`;
  const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const others = before.split('\n').filter((each) => !each.startsWith('BELLWETHER_SECRETS_GID='));
  while (others.at(-1) === '') others.pop();
  writeFileSync(path, `${[...others, line].join('\n')}\n`);
}

function shown(path) {
  return relative(process.cwd(), path) || '.';
}

function read(args) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        folder: { type: 'string', default: 'secrets' },
        check: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      process.stdout.write(help);
      process.exit(0);
    }
    return values;
  } catch (error) {
    process.stderr.write(`${error.message}. See npm run secrets -- --help\n`);
    return process.exit(2);
  }
}
