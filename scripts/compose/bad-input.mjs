import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { poll } from '../start/poll.mjs';

const run = promisify(execFile);
const never = new AbortController().signal;

/**
 * What goes wrong on real machines, brought about one after another on the running stack: rows `{ what, check, compose }` with the line that `npm run
 * compose:check` says, and the line by which Compose or the service shows it. Each is mended after, where the check says how by what it says.
 */
export async function tryBadInput(engine, { project, volumes, composeProgram, oldCompose }) {
  const { docker, compose, socket } = engine;
  const secret = (name) => join(project, 'secrets', name);
  const env = { ...process.env, DOCKER_HOST: socket };
  const rows = [];

  await bad('a secret is missing', async () => {
    renameSync(secret('jwt-secret'), secret('away'));
    const said = await refused(() => up('--force-recreate', 'shop'));
    return { said, mend: () => renameSync(secret('away'), secret('jwt-secret')) };
  });
  await bad('a secret is empty', async () => {
    renameSync(secret('shop-admin-token'), secret('away'));
    writeFileSync(secret('shop-admin-token'), '', { mode: 0o644 });
    await up('--force-recreate', 'shop');
    const said = await logLine('shop', /SHOP_ADMIN_TOKEN/);
    return {
      said,
      mend: async () => {
        renameSync(secret('away'), secret('shop-admin-token'));
        // A file that is mounted is that file, and not what has its name later.
        await up('--force-recreate', 'shop');
      },
    };
  });
  await bad('a secret is open to everybody', async () => {
    chmodSync(secret('jwt-secret'), 0o644);
    await up('--force-recreate', 'shop');
    return { mend: () => chmodSync(secret('jwt-secret'), 0o640) };
  });
  await bad('BELLWETHER_SECRETS_GID is not in .env', async () => {
    const file = join(project, '.env');
    renameSync(file, `${file}.away`);
    const said = await refused(() => compose('config', '--quiet'));
    return { said, mend: () => renameSync(`${file}.away`, file) };
  });
  await bad('the port is taken', async () => {
    await compose('stop', 'shop');
    const server = createServer().listen(3000, '127.0.0.1');
    await once(server, 'listening');
    const said = await refused(() => up('shop'));
    return { said, mend: () => new Promise((resolve) => server.close(resolve)) };
  });
  await bad('a volume belongs to root', async ({ mendAs }) => {
    await compose('stop', 'prometheus');
    await inVolume('bellwether_prometheus', 'chown -R 0:0 /volume && chmod -R go-w /volume');
    await up('prometheus');
    const said = await logLine('prometheus', /permission denied/i);
    return { said, mend: () => run('sh', ['-c', mendAs()], { env }) };
  });
  await bad('the disk is full', async () => {
    const ballast = join(volumes, 'ballast');
    await run('sh', ['-c', `head -c 100G /dev/zero >"${ballast}"; true`]);
    const said = await logLine('prometheus', /no space left/i);
    return { said, mend: () => rmSync(ballast) };
  });
  await bad('the clock was set back', async () => {
    const later = Date.now() / 1000 + 3_600;
    utimesSync(secret('jwt-secret'), later, later);
    return { mend: () => utimesSync(secret('jwt-secret'), later - 7_200, later - 7_200) };
  });
  await bad('an image is not here, and there is no network', async () => {
    const image = (await compose('config', '--images'))
      .split('\n')
      .find((name) => /grafana:/.test(name));
    const id = await docker('image', 'inspect', '--format', '{{.Id}}', image);
    await docker('image', 'rm', '--force', image);
    const said = await refused(() => up('--force-recreate', 'grafana'));
    return { said, mend: () => docker('tag', id, image) };
  });
  await bad('a profile is on, and nothing uses it', async () => {
    return { env: { BELLWETHER_TRACES: 'off' }, mend: () => {} };
  });
  await bad('a setting names nothing', async () => {
    const wrong = { BELLWETHER_TRACES: 'zipkin' };
    const said = await refused(() =>
      composeWith(wrong, 'up', '-d', '--no-build', '--no-deps', 'grafana'),
    );
    return { env: wrong, said, mend: () => {} };
  });
  await bad('Compose is old', async () => {
    if (oldCompose === undefined) {
      const old = join(project, 'old-compose');
      writeFileSync(old, '#!/bin/sh\necho 2.5.1\n', { mode: 0o755 });
      const said = 'not tried: a program that says this version stood in';
      return { compose: old, said, mend: () => rmSync(old) };
    }
    const said = await refused(() => run(oldCompose, ['config', '--quiet'], { cwd: project, env }));
    return { compose: oldCompose, said, mend: () => {} };
  });
  await bad('half an upgrade: one server is of the version before', async () => {
    const [name, before] = ['prom/prometheus', 'v0.0.0-before'];
    const image = (await compose('config', '--images'))
      .split('\n')
      .find((each) => each.startsWith(`${name}:`));
    await docker('tag', image, `${name}:${before}`);
    const file = join(project, 'before.yaml');
    writeFileSync(file, `services: { prometheus: { image: '${name}:${before}' } }\n`);
    await compose(
      ...['-f', 'compose.yaml', '-f', 'before.yaml'],
      ...['up', '-d', '--no-build', '--no-deps', '--wait', 'prometheus'],
    );
    rmSync(file);
    return { mend: () => up('--wait', 'prometheus') };
  });
  await bad('the engine does not run', async () => {
    const away = { DOCKER_HOST: 'unix:///nowhere.sock' };
    const said = await refused(() => composeWith(away, 'up', '-d'));
    return { env: away, said, mend: () => {} };
  });
  return rows;

  /** Brings it about, lets the check say what it sees, and mends it whatever happens. */
  async function bad(what, bringAbout) {
    process.stderr.write(`  ${what} ...\n`);
    try {
      let found = [];
      const { said, mend, ...check } = await bringAbout({
        mendAs: () => found.find(({ hint }) => hint?.startsWith('docker run'))?.hint,
      });
      try {
        found = await checked(check);
      } finally {
        await mend();
      }
      const [first] = found;
      const line = first === undefined ? 'NOTHING' : lastLine(`${first.check}: ${first.message}`);
      rows.push({ what, check: line, compose: said ?? 'nothing: it starts' });
    } catch (error) {
      rows.push({ what, check: 'NOTHING', compose: lastLine(error.message) });
    }
  }

  async function checked({ env: changes, compose: program = composeProgram }) {
    const args = ['scripts/compose-check.mjs', '--json', '--compose', program];
    const child = spawn(process.execPath, args, { cwd: project, env: { ...env, ...changes } });
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
    });
    await once(child, 'close');
    return JSON.parse(text).filter(
      ({ check, status }) => status === 'failed' || (check === 'upgrade' && status === 'warning'),
    );
  }

  function composeWith(changes, ...args) {
    return run(composeProgram, args, { cwd: project, env: { ...env, ...changes } });
  }

  function up(...args) {
    return compose('up', '-d', '--no-build', '--no-deps', ...args);
  }

  /** What a command that must fail says last. */
  async function refused(work) {
    try {
      await work();
      return 'NOTHING';
    } catch ({ message, stderr }) {
      return lastLine(stderr ?? message);
    }
  }

  async function logLine(service, pattern) {
    let line;
    await poll(150, never, async () => {
      const log = await compose('logs', '--no-color', '--no-log-prefix', '--since', '2m', service);
      line = log.split('\n').findLast((each) => pattern.test(each));
      return line !== undefined;
    });
    return line === undefined ? 'NOTHING' : `${service}: ${lastLine(line)}`;
  }

  function inVolume(volume, command) {
    return docker(
      ...['run', '--rm', '--volume', `${volume}:/volume`, 'busybox:1.37-musl', 'sh', '-c', command],
    );
  }
}

/** What a person would read of it: of a log in JSON the words, without ids, and without paths and addresses of this machine. */
function lastLine(text) {
  const line = inWords(text.trim().split('\n').at(-1))
    .replaceAll(/\/tmp\/bellwether-compose-\w+\/(project\/)?/g, '')
    .replaceAll(/ \([0-9a-f]{64}\)/g, '')
    .replaceAll(/ on [\d.:]+:53: dial udp [\d.:]+:53/g, '');
  return line.length > 240 ? `${line.slice(0, 240)}…` : line;
}

function inWords(line) {
  try {
    const { msg, err } = JSON.parse(line);
    return `${msg}: ${err}`;
  } catch {
    return line;
  }
}
