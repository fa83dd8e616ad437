// `npm run secrets`: the passwords and keys of compose.yaml, made here, once. Needs nothing but Node. See npm run secrets -- --help
import { chmodSync, chownSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCommandLine } from './command-line.mjs';
import { readSecret, secretFiles, secretFolders, secretProblems } from './compose/secret-files.mjs';
import { setVariable } from './compose/set-variable.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const help = `npm run secrets -- [options]

Makes what compose.yaml asks for: a random password or key in each file of secrets/, and in .env beside that folder the group that may read them. What is there
already stays as it is, so that the data of a running stack keeps its passwords. Nothing is printed but names.

  --folder <path>   where the files go (default: secrets, which compose.yaml names)
  --check           make nothing: say what is missing, empty or readable by others, and exit with 1 if anything is
  --help            this text

Channels of Alertmanager are used when their file is in secrets/alertmanager: slack-webhook-url, pagerduty-routing-key, smtp-password.
Those of the notification service are in secrets/channels, with a plan that names them (BELLWETHER_CHANNELS).
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

try {
  process.exitCode = options.check ? check() : make();
} catch (error) {
  process.stderr.write(`npm run secrets: ${error.message}\n`);
  process.exitCode = 1;
}

function make() {
  for (const path of secretFolders.map((name) => join(folder, name))) {
    mkdirSync(path, { recursive: true, mode: FOLDER_MODE });
    restrict(path, FOLDER_MODE);
  }
  const made = [];
  for (const [name, content] of Object.entries(secretFiles)) {
    const path = join(folder, name);
    if (!existsSync(path)) {
      writeFileSync(path, `${content(contentOf)}\n`, { mode: FILE_MODE, flag: 'wx' });
      made.push(name);
    }
    restrict(path, FILE_MODE);
  }
  setVariable(join(dirname(folder), '.env'), 'BELLWETHER_SECRETS_GID', gid);
  const kept = Object.keys(secretFiles).length - made.length;
  process.stdout.write(
    `${shown(folder)}: ${made.length} made${made.length > 0 ? ` (${made.join(', ')})` : ''}, ${kept} kept\n`,
  );
  return 0;
}

function check() {
  const problems = secretProblems(folder, { shown });
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  if (problems.length === 0)
    process.stdout.write(`${Object.keys(secretFiles).length} secrets are well\n`);
  return problems.length === 0 ? 0 : 1;
}

function contentOf(name) {
  const path = join(folder, name);
  return readSecret(path, shown(path));
}

function restrict(path, mode) {
  chmodSync(path, mode);
  if (statSync(path).gid !== gid) chownSync(path, statSync(path).uid, gid);
}

function shown(path) {
  return relative(process.cwd(), path) || '.';
}

function read(args) {
  return readCommandLine({
    command: 'npm run secrets',
    help,
    args,
    options: {
      folder: { type: 'string', default: 'secrets' },
      check: { type: 'boolean', default: false },
    },
  });
}
