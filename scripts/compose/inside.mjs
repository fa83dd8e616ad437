// The part of `npm run compose:e2e` that runs in namespaces of its own: node inside.mjs <work folder> <plan file>
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { askPrometheus, ordersInPostgres, ordersInPrometheus } from './ask.mjs';
import { tryBadInput } from './bad-input.mjs';
import { startEngine } from './docker-engine.mjs';
import { hardeningOf } from './hardening.mjs';
import { loadImages } from './load-images.mjs';
import { openNameServer } from './name-server.mjs';
import { openOutside } from './outside.mjs';
import { reachOf } from './reach.mjs';
import { tryBackup } from './try-backup.mjs';
import { tryGrafana } from './try-grafana.mjs';
import { tryProfiles } from './try-profiles.mjs';
import { tryScale } from './try-scale.mjs';
import { tryServices } from './try-services.mjs';

const [folder, planFile] = process.argv.slice(2);
const { project, composeProgram, trafficProgram, oldCompose, bases, parts, whole } = JSON.parse(
  readFileSync(planFile, 'utf8'),
);
const origin = 'http://127.0.0.1:3000';
const agreeSeconds = 240;
const say = (text) => process.stderr.write(`${text}\n`);
const steps = [];

execFileSync('ip', ['link', 'set', 'lo', 'up']);
execFileSync('mount', ['--make-rshared', '/']);
execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', '/run']);
mkdirSync(join(folder, 'exec'), { recursive: true });
// A disk of their own for volumes, which can be filled without filling this machine's.
const volumes = join(folder, 'data/volumes');
mkdirSync(volumes, { recursive: true });
execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2g,mode=701', 'tmpfs', volumes]);

await openNameServer(folder);
const outside = await openOutside();
const busybox = bases.find((name) => name.startsWith('busybox:'));
const engine = await step('start the Docker engine', () =>
  startEngine(folder, composeProgram, project),
);
const { docker, compose } = engine;
const upAgain = () => compose('up', '-d', '--no-build', '--wait');
const result = { ok: false, steps, hardening: [] };
try {
  result.engine = await docker('version', '--format', '{{.Server.Version}}');
  result.compose = await compose('version', '--short');
  result.images = await step('load what stands in for official images', () =>
    loadImages({ socket: engine.socket, compose, folder, bases }),
  );
  await step('docker compose build', () =>
    compose('--progress', 'quiet', 'build', '--build-arg', 'PACKED=bellwether/packed:e2e'),
  );
  await step('docker compose up --wait', upAgain);
  result.keys = await step('traffic through the published port', () => traffic(whole ? 60 : 20));
  result.first = await step('PostgreSQL and Prometheus agree', agree);
  if (whole) await tryStack();
  if (parts.includes('bad-input')) {
    result.badInput = await tried('bad input', () =>
      tryBadInput(engine, { project, volumes, composeProgram, oldCompose }),
    );
    await step('docker compose up after bad input', upAgain);
    result.third = await step('nothing is lost', agree);
  }
  if (parts.includes('backup')) {
    result.backup = await tried('backup, wipe, restore', () =>
      tryBackup(engine, { volumes, image: busybox }),
    );
    result.hardening.push(...hardeningOf(result.backup.containers ?? [], secretsInFiles()));
    result.restored = await step('traffic after the restore', async () => {
      await traffic(10);
      return agree();
    });
    await step('docker compose down after the restore', () => compose('down', '--remove-orphans'));
  }
  if (parts.includes('services')) {
    result.services = await tried('compose.services.yaml', () =>
      tryServices(engine, { image: busybox, traffic }),
    );
    result.hardening.push(...hardeningOf(result.services.containers ?? [], secretsInFiles()));
  }
  if (parts.includes('scale')) {
    result.scale = await tried('compose.scale.yaml', () =>
      tryScale(engine, { image: busybox, traffic }),
    );
    result.hardening.push(...hardeningOf(result.scale.containers ?? [], secretsInFiles()));
  }
  result.ok =
    result.error === undefined &&
    result.heartbeat !== false &&
    [result.first, result.second, result.third]
      .filter((each) => each !== undefined)
      .every(({ agreed, postgres }) => agreed && isEqual(postgres, result.first.postgres)) &&
    (result.grafana ?? []).every(({ as }) => as) &&
    (result.profiles ?? []).every(({ holds }) => holds) &&
    result.hardening.every((row) => Object.values(row).every(Boolean)) &&
    (result.reach ?? []).every(({ expected, reached }) => expected === reached) &&
    (result.badInput ?? []).every((row) => !Object.values(row).includes('NOTHING')) &&
    (result.backup?.answers ?? []).every(({ same }) => same) &&
    (result.backup?.refusals ?? []).every((row) => row.ok) &&
    result.restored?.agreed !== false &&
    (result.services?.rows ?? []).every((row) => row.ok) &&
    (result.scale?.rows ?? []).every((row) => row.ok);
} catch (error) {
  result.error = error.message;
  result.logs = await compose('logs', '--tail', '15').catch(() => '');
} finally {
  await compose('down', '--volumes', '--timeout', '5').catch(() => undefined);
  await engine.stop();
}
writeFileSync(join(folder, 'result.json'), JSON.stringify(result, null, 2));
process.exit(0);

/** What compose.yaml promises by itself. */
async function tryStack() {
  result.heartbeat = await step('Alertmanager reaches the notification service', heartbeat);
  result.grafana = await tried('Grafana through the shop', () =>
    tryGrafana({ compose, origin, dashboards: dashboards() }),
  );
  result.profiles = await tried('traces, mail and cAdvisor', () => tryProfiles(compose));
  result.hardening.push(...hardeningOf(await inspectAll(), secretsInFiles()));
  result.reach = await tried('who can reach whom', () =>
    reachOf({ docker, compose, image: busybox, outside }),
  );
  await step('docker compose down', () => compose('down'));
  await step('docker compose up again', upAgain);
  result.second = await step('the data is still there', agree);
}

async function step(name, work) {
  say(`${name} ...`);
  const began = performance.now();
  const value = await work();
  steps.push({ step: name, seconds: Math.round((performance.now() - began) / 100) / 10 });
  return value;
}

/** The same for what does not hold up the steps after it. */
async function tried(name, work) {
  try {
    return await step(name, work);
  } catch (error) {
    result.error = `${result.error ?? ''}${name}: ${error.stack}\n`;
    return [];
  }
}

/** With the keys that the set-up of the database has issued. */
async function traffic(seconds = 60, target = origin) {
  const container = await compose('ps', '-aq', 'prepare-database');
  const keys = join(folder, 'api-keys.json');
  await docker('cp', `${container}:/keys/api-keys.json`, keys);
  const child = spawn(
    process.execPath,
    [
      trafficProgram,
      ...['--target', target, '--tenants', keys],
      ...['--duration', String(seconds), '--rate', '20'],
    ],
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
  const until = Date.now() + agreeSeconds * 1000;
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
  return readdirSync(join(project, 'secrets'), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8').trim());
}

function dashboards() {
  return readdirSync(join(project, 'grafana/dashboards'), { recursive: true }).filter((name) =>
    name.endsWith('.json'),
  ).length;
}

function isEqual(a, b) {
  return JSON.stringify(a) === JSON.stringify(b);
}
