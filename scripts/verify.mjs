// `npm run verify`: the whole pipeline and a shop under load, and then every query of every dashboard and rule. See
// npm run verify -- --help
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCommandLine } from './command-line.mjs';
import { dataFolder } from './start/data-folder.mjs';
import { untilInterrupted } from './start/interrupt.mjs';
import { startPipeline } from './start/pipeline.mjs';
import { plantWeeks } from './start/plant-weeks.mjs';
import { sendTestAlerts } from './start/test-alerts.mjs';
import { startTraffic } from './start/traffic.mjs';
import { watchedMariadb } from './start/watched-mariadb.mjs';
import { wholeNumber } from './start/whole-number.mjs';
import { withoutMysql } from './verify/without-mysql.mjs';

const help = `npm run verify -- [options]

Starts the whole pipeline on loopback and a shop with three tenants under load, in two versions, gives it a past of four weeks,
asks Prometheus every query of its dashboards and rules until all of them return something, prints what does not, and stops
everything.
Exit code 1 when something that is not in grafana/expected-empty.yaml stays empty. Where there is no MariaDB, nor one to be
installed, the board and the alerts of MySQL are left out, which is said.

  --services       with the services of examples/ beside the shop: all that npm run generate makes. Without it, what is
                   generated for the shop alone
  --native         the same with native histograms: services send exponential buckets, rules and dashboards are
                   generated for them
  --wait TIME      how long it is asked again (default 6m)
  --rate N         requests a second (default 20)
  --json           print one JSON document (progress goes to standard error)
  --data DIR       keep the stack's data in DIR (default: a folder that is removed at the end)
  --help           this text

Against a Prometheus that runs already: npx bellwether verify --prometheus http://127.0.0.1:9090
`;
const root = fileURLToPath(new URL('..', import.meta.url));
const say = (text) => process.stderr.write(`${text}\n`);
const options = readOptions();

const data = dataFolder(options.data, say);
const interrupted = untilInterrupted(say);
const stopTraffic = new AbortController();
const problems = [];
const temporary = mkdtempSync(join(tmpdir(), 'bellwether-verify-'));
const generated = options.services && !options.native ? undefined : generatedFolders();
const histograms = options.native && {
  OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION: 'base2_exponential_bucket_histogram',
};
const ofServices = options.services && { BELLWETHER_BAGGAGE_HOSTS: '127.0.0.1' };
const load = [];
let mariadb;
let pipeline;
let services;
try {
  mariadb = await watchedMariadb(say);
  pipeline = await startPipeline({
    dataDir: data.path,
    replicas: 2,
    // As in the middle of a rollout.
    shopVersions: ['1.4.0', '1.5.0'],
    signal: interrupted,
    say,
    onProblem,
    stackSettings: {
      ...(generated && { rulesFolder: generated.rules }),
      ...(mariadb && { mysql: mariadb.plan }),
    },
    environment: { ...histograms },
    notificationsEnvironment: { ...ofServices },
  });
  const { shops, tenants, addresses } = pipeline;
  if (addresses.mysqlExporter !== undefined) await mariadb.start();
  const signal = AbortSignal.any([interrupted, stopTraffic.signal]);
  const { rate } = options;
  load.push(startTraffic({ shops, tenants, rate, seed: 1, signal }));
  load.push(sendTestAlerts(addresses.alertmanager, signal));
  if (options.services) {
    const { startOnPipeline } = await import('./start/services/start-on-pipeline.mjs');
    const { keepBusy } = await import('./start/services/keep-busy.mjs');
    services = await startOnPipeline({
      ...{ pipeline, usersPlan: {}, secrets: temporary, dataDir: data.path, say, signal },
      telemetry: { ...histograms, ...ofServices },
      onExit: onProblem,
    });
    load.push(
      keepBusy({ ...services, tenants, postgres: addresses.postgres, rate, signal }).catch(
        (error) => onProblem(`The load on the services: ${error.message}`),
      ),
    );
  }
  say('The shop is under load; it is given a past of four weeks ...');
  const planted = await plantWeeks({
    dataDir: data.path,
    ...addresses,
    tenants,
    signal: interrupted,
  });
  if (!planted)
    throw new Error('Expected Prometheus to record what is usual at this hour; it did not');
  say(`Asking ${addresses.prometheus} for up to ${options.wait} ...`);
  process.exitCode = await verify(addresses.prometheus, askedFolders(addresses));
  for (const problem of problems) say(problem);
  if (problems.length > 0) process.exitCode = 1;
} catch (error) {
  say(`npm run verify: ${error.message}`);
  process.exitCode = 1;
} finally {
  stopTraffic.abort();
  await Promise.all(load);
  await services?.stop();
  await pipeline?.stop();
  await mariadb?.end();
  rmSync(temporary, { recursive: true, force: true });
  data.leave(process.exitCode === 0);
}

function onProblem(problem) {
  problems.push(problem);
}

/** What is generated for what runs here, where that is not what is committed. */
function generatedFolders() {
  const folder = join(temporary, 'generated');
  const config = options.services ? 'examples/monitoring.ts' : 'examples/shop/monitoring.ts';
  const flavour = options.native ? 'native' : 'classic';
  const { status } = spawnSync(
    process.execPath,
    [
      ...['packages/cli/dist/bin.js', 'generate', '--config', config],
      ...['--histograms', flavour, '--out', folder],
    ],
    { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  if (status !== 0) process.exit(status ?? 1);
  return {
    rules: join(folder, 'prometheus/rules'),
    dashboards: join(folder, 'grafana/dashboards'),
  };
}

function askedFolders({ mysqlExporter }) {
  const all = {
    dashboards: join(root, 'grafana/dashboards'),
    rules: join(root, 'prometheus/rules'),
    expectedEmpty: join(root, 'grafana/expected-empty.yaml'),
    ...generated,
  };
  if (mysqlExporter !== undefined) return all;
  say('No MariaDB or no exporter for it here: the board and the alerts of MySQL are left out.');
  return withoutMysql(all, temporary);
}

function verify(prometheus, { dashboards, rules, expectedEmpty }) {
  const args = ['verify', '--prometheus', prometheus, '--wait', options.wait];
  args.push('--rules', rules, '--dashboards', dashboards, '--expected-empty', expectedEmpty);
  const child = spawn(
    process.execPath,
    ['packages/cli/dist/bin.js', ...args, ...(options.json ? ['--json'] : [])],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  interrupted.addEventListener('abort', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

function readOptions() {
  return readCommandLine({
    command: 'npm run verify',
    help,
    options: {
      wait: { type: 'string', default: '6m' },
      rate: { type: 'string', default: '20' },
      json: { type: 'boolean', default: false },
      native: { type: 'boolean', default: false },
      services: { type: 'boolean', default: false },
      data: { type: 'string' },
    },
    read: (values) => ({ ...values, rate: wholeNumber('--rate', values.rate, 1, 500) }),
  });
}
