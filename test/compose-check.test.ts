import { execFile } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { root } from './support/repository.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

interface Row {
  readonly check: string;
  readonly status: 'ok' | 'warning' | 'failed' | 'skipped';
  readonly message: string;
  readonly hint?: string;
}

const run = promisify(execFile);
let project: string;
/** What the stand-in for the docker client says. */
let engine: {
  version: string;
  server: string;
  /** Seconds by which its clock is ahead. */
  ahead: number;
  writable: boolean;
  images: string[];
  /** The image that Prometheus runs. */
  running: { name: string; id: string };
};

beforeEach(async () => {
  project = join(await temporaryFolder('compose-check'), 'project');
  for (const part of ['compose.yaml', 'compose', 'collector', 'grafana', 'scripts', 'package.json'])
    cpSync(join(root, part), join(project, part), { recursive: true });
  await run(process.execPath, [join(project, 'scripts/secrets.mjs')]);
  engine = {
    version: '2.40.3',
    server: '28.1.0',
    ahead: 0,
    writable: true,
    images: ['bellwether/collector:local'],
    running: { name: 'prom/prometheus:v3.15.0', id: 'sha256:1' },
  };
});

/** A docker client that answers as `engine` says; the real one is tried by npm run compose:e2e. */
function dockerStandIn(): string {
  const file = join(project, 'docker');
  const info = {
    ServerVersion: engine.server,
    SystemTime: '<now>',
    DockerRootDir: project,
  };
  const config = {
    services: {
      shop: { ports: [{ target: 3000, published: '<port>' }] },
      chat: { ports: [{ target: 8080, published: '<chat>' }] },
      prometheus: {
        image: 'prom/prometheus:v3.15.0',
        user: '65534:65534',
        volumes: [{ type: 'volume', source: 'prometheus' }],
      },
    },
    volumes: { prometheus: { name: 'bellwether_prometheus' } },
  };
  const { name, id } = engine.running;
  const containers = [
    { Image: id, Config: { Image: name, Labels: { 'com.docker.compose.service': 'prometheus' } } },
  ];
  writeFileSync(
    file,
    `#!/bin/sh
case "$*" in
"compose version --short") echo '${engine.version}' ;;
"info --format"*)
  echo '${JSON.stringify(info)}' | sed "s/<now>/$(${process.execPath} -p 'new Date(Date.now() + ${engine.ahead} * 1000).toISOString()')/" ;;
"compose config --images") printf '%s\\n' ${engine.images.join(' ')} ;;
"compose config --format json") echo '${JSON.stringify(config)}' | sed "s/<port>/$BELLWETHER_PORT/;s/<chat>/$BELLWETHER_CHAT_PORT/" ;;
"compose config --quiet") ;;
"compose ps --quiet") echo 0123 ;;
"inspect 0123") echo '${JSON.stringify(containers)}' ;;
"image inspect"*) echo sha256:1 ;;
"volume ls"*) echo bellwether_prometheus ;;
"run "*) ${engine.writable} ;;
*) echo "no answer to $*" >&2; exit 1 ;;
esac
`,
  );
  chmodSync(file, 0o755);
  return file;
}

async function check(env: Record<string, string> = {}, docker = dockerStandIn()) {
  const script = join(project, 'scripts/compose-check.mjs');
  const result = await run(process.execPath, [script, '--json', '--docker', docker], {
    // Whichever ports are free.
    env: { PATH: process.env.PATH, BELLWETHER_PORT: '0', BELLWETHER_CHAT_PORT: '0', ...env },
  }).catch((error) => error);
  const rows = JSON.parse(result.stdout) as Row[];
  return { code: result.code ?? 0, rows, failed: rows.filter(({ status }) => status === 'failed') };
}

test('all is well', async () => {
  const { code, rows, failed } = await check();
  expect(failed).toEqual([]);
  expect(code).toBe(0);
  expect([...new Set(rows.map((row) => row.check))]).toEqual([
    ...['compose', 'engine', 'clock', 'secrets', 'settings', 'port', 'images', 'upgrade'],
    ...['volumes', 'disk'],
  ]);
});

test('Compose or the engine that is old, or not there', async () => {
  engine.version = 'v2.5.1';
  engine.server = '19.3.1';
  const { failed, code } = await check();
  expect(code).toBe(1);
  expect(failed.map(({ message }) => message)).toEqual([
    'Docker Compose is v2.5.1, older than 2.30.0',
    'the Docker engine is 19.3.1, older than 20.10.0',
  ]);
  const without = await check({}, join(project, 'no-docker'));
  expect(without.failed.slice(0, 2).map(({ check: name }) => name)).toEqual(['compose', 'engine']);
  expect(without.failed[0]?.message).toContain('no program');
});

test.each([
  [600, 'ahead of'],
  [-600, 'behind'],
])("the engine's clock is %d s away", async (seconds, where) => {
  engine.ahead = seconds;
  const { failed } = await check();
  expect(failed).toHaveLength(1);
  expect(failed[0]?.check).toBe('clock');
  expect(failed[0]?.message).toMatch(new RegExp(`is \\d+ s ${where} this machine's`));
});

test('a clock that is behind what was written here', async () => {
  const later = Date.now() / 1000 + 7_200;
  utimesSync(join(project, 'secrets/jwt-secret'), later, later);
  const { failed } = await check();
  expect(failed[0]?.message).toMatch(
    /^this machine's clock says .+, and secrets\/jwt-secret was written at/,
  );
});

test('secrets that are missing, empty, open, or of another group', async () => {
  rmSync(join(project, 'secrets/redis-users'));
  writeFileSync(join(project, 'secrets/redis-url'), '');
  chmodSync(join(project, 'secrets/jwt-secret'), 0o644);
  chmodSync(join(project, 'secrets/grafana-jwks.json'), 0o600);
  const { failed } = await check();
  expect(failed.map(({ message }) => message).toSorted()).toEqual([
    'secrets/grafana-jwks.json can not be read by the containers',
    'secrets/jwt-secret is open to every user of this machine',
    'secrets/redis-url is empty',
    'secrets/redis-users is missing',
  ]);
  rmSync(join(project, '.env'));
  expect((await check()).failed[0]).toMatchObject({
    message: 'BELLWETHER_SECRETS_GID is not in .env',
    hint: 'npm run secrets',
  });
});

test.each<[Record<string, string>, RegExp]>([
  [{ COMPOSE_PROFILES: 'traces' }, /^profile traces is on, but nothing uses it/],
  [{ BELLWETHER_TRACES: 'tempo' }, /^BELLWETHER_TRACES=tempo needs the profile traces/],
  [{ BELLWETHER_TRACES: 'zipkin' }, /chooses collector\/traces-zipkin.yaml and grafana/],
  [{ COMPOSE_PROFILES: 'mail,cadvisor', BELLWETHER_CADVISOR: 'on' }, /^profile mail is on/],
])('settings that do not agree: %j', async (env, line) => {
  const { failed } = await check(env);
  expect(failed.map(({ message }) => message)).toEqual([expect.stringMatching(line)]);
});

test('a port that is taken, a volume that its service can not write', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  engine.writable = false;
  const { port } = server.address() as AddressInfo;
  const { failed } = await check({ BELLWETHER_PORT: String(port) });
  expect(failed.map(({ message }) => message)).toEqual([
    `127.0.0.1:${port} can not be published: another program listens there`,
    'bellwether_prometheus can not be written by prometheus (user 65534:65534)',
  ]);
  expect(failed[1]?.hint).toContain('chown -R 65534:65534');
});

test('a port that another service publishes is taken, and the hint names its variable', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const { failed } = await check({ BELLWETHER_CHAT_PORT: String(port) });
  expect(failed.map(({ check: name }) => name)).toEqual(['port']);
  expect(failed[0]?.hint).toContain('BELLWETHER_CHAT_PORT');
});

test('an image that is not here, of a registry that can not be reached', async () => {
  engine.images = ['registry.invalid/prom/prometheus:v3.15.0'];
  const file = dockerStandIn();
  mkdirSync(join(project, 'bin'));
  const without = join(project, 'bin/docker');
  writeFileSync(
    without,
    `#!/bin/sh\ncase "$*" in "image inspect"*) exit 1 ;; esac\nexec ${file} "$@"\n`,
  );
  chmodSync(without, 0o755);
  const { failed } = await check({}, without);
  expect(failed[0]?.message).toMatch(
    /^registry\.invalid\/prom\/prometheus:v3\.15\.0: not here, and registry\.invalid can not be reached \(.+\)$/,
  );
});

test.each([
  [
    { name: 'prom/prometheus:v3.14.0', id: 'sha256:0' },
    'half an upgrade: prometheus runs prom/prometheus:v3.14.0 and not prom/prometheus:v3.15.0',
  ],
  [
    { name: 'prom/prometheus:v3.15.0', id: 'sha256:0' },
    'half an upgrade: prometheus runs another build of prom/prometheus:v3.15.0',
  ],
])('what runs is not what the file names: %j', async (running, line) => {
  engine.running = running;
  const { rows, code } = await check();
  expect(rows.find((row) => row.check === 'upgrade')).toMatchObject({
    status: 'warning',
    message: line,
    hint: expect.stringContaining('docker compose up -d --wait'),
  });
  expect(code).toBe(0);
});

test('a wrong option is one line', async () => {
  const failed = await run(process.execPath, [
    join(root, 'scripts/compose-check.mjs'),
    '--nope',
  ]).catch((error) => error);
  expect(failed.code).toBe(2);
  expect(failed.stderr).toContain('npm run compose:check -- --help');
});
