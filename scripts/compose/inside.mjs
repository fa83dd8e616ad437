// The part of `npm run compose:e2e` that runs in namespaces of its own: node inside.mjs <work folder> <plan file>
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { askPrometheus, ordersInPostgres, ordersInPrometheus } from './ask.mjs';
import { startEngine } from './docker-engine.mjs';
import { hardeningOf } from './hardening.mjs';
import { loadImages } from './load-images.mjs';
import { reachOf } from './reach.mjs';

const [folder, planFile] = process.argv.slice(2);
const { root, composeProgram, trafficProgram, secretsFolder, bases } = JSON.parse(
  readFileSync(planFile, 'utf8'),
);
const agreeSeconds = 90;
const say = (text) => process.stderr.write(`${text}\n`);
const steps = [];

execFileSync('ip', ['link', 'set', 'lo', 'up']);
execFileSync('mount', ['--make-rshared', '/']);
execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', '/run']);
mkdirSync(join(folder, 'exec'), { recursive: true });

const engine = await step('start the Docker engine', () =>
  startEngine(folder, composeProgram, root),
);
const { docker, compose } = engine;
const result = { ok: false, steps };
try {
  result.engine = await docker('version', '--format', '{{.Server.Version}}');
  result.compose = await compose('version', '--short');
  result.images = await step('load what stands in for official images', () =>
    loadImages({ socket: engine.socket, compose, folder, bases }),
  );
  await step('docker compose build', () =>
    compose('--progress', 'quiet', 'build', '--build-arg', 'PACKED=bellwether/packed:e2e'),
  );
  await step('docker compose up --wait', () => compose('up', '-d', '--no-build', '--wait'));
  result.keys = await step('traffic through the published port', () => traffic());
  result.first = await step('PostgreSQL and Prometheus agree', agree);
  result.heartbeat = await step('Alertmanager reaches the notification service', heartbeat);
  result.hardening = hardeningOf(await inspectAll(), secretsInFiles());
  result.reach = await step('who can reach whom', () =>
    reachOf({ docker, compose, image: bases.find((name) => name.startsWith('busybox:')) }),
  );
  await step('docker compose down', () => compose('down'));
  await step('docker compose up again', () => compose('up', '-d', '--no-build', '--wait'));
  result.second = await step('the data is still there', agree);
  result.ok =
    result.first.agreed &&
    result.heartbeat &&
    result.second.agreed &&
    isEqual(result.first.postgres, result.second.postgres) &&
    result.hardening.every((row) => Object.values(row).every(Boolean)) &&
    result.reach.every(({ expected, reached }) => expected === reached);
} catch (error) {
  result.error = error.message;
  result.logs = await compose('logs', '--tail', '15').catch(() => '');
} finally {
  await compose('down', '--volumes', '--timeout', '5').catch(() => undefined);
  await engine.stop();
}
writeFileSync(join(folder, 'result.json'), JSON.stringify(result, null, 2));
process.exit(0);

async function step(name, work) {
  say(`${name} ...`);
  const began = performance.now();
  const value = await work();
  steps.push({ step: name, seconds: Math.round((performance.now() - began) / 100) / 10 });
  return value;
}

/** With the keys that the set-up of the database has issued. */
async function traffic() {
  const container = await compose('ps', '-aq', 'prepare-database');
  const keys = join(folder, 'api-keys.json');
  await docker('cp', `${container}:/keys/api-keys.json`, keys);
  const child = spawn(
    process.execPath,
    [trafficProgram, '--tenants', keys, '--duration', '20', '--rate', '20'],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`Expected the traffic to be answered, but it ended with ${code}`);
  return JSON.parse(readFileSync(keys, 'utf8')).length;
}

/** Asks both until they say the same, or the time is over. */
async function agree() {
  const until = Date.now() + agreeSeconds * 1000;
  for (;;) {
    const [postgres, prometheus] = [
      await ordersInPostgres(compose),
      await ordersInPrometheus(compose),
    ];
    const agreed = Object.keys(postgres).length > 0 && isEqual(postgres, prometheus);
    if (agreed || Date.now() > until) return { agreed, postgres, prometheus };
    await wait(1_000);
  }
}

/** The dead man's switch has arrived at least once, and nothing has failed on that way. */
async function heartbeat() {
  const until = Date.now() + 2 * agreeSeconds * 1000;
  const sum = async (query) => Number((await askPrometheus(compose, query))[0]?.value[1] ?? 0);
  for (;;) {
    const sent = await sum('sum(alertmanager_notifications_total{integration="webhook"})');
    const failed = await sum('sum(alertmanager_notifications_failed_total{integration="webhook"})');
    if (sent > 0) return failed === 0;
    if (Date.now() > until) return false;
    await wait(2_000);
  }
}

async function inspectAll() {
  const ids = (await compose('ps', '-aq')).split('\n');
  return JSON.parse(await docker('inspect', ...ids));
}

function secretsInFiles() {
  return readdirSync(secretsFolder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8').trim());
}

function isEqual(a, b) {
  return JSON.stringify(a) === JSON.stringify(b);
}
