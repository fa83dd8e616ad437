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
import { wholeNumber } from './start/whole-number.mjs';
import { watchedMariadb } from './verify/watched-mariadb.mjs';
import { withoutMysql } from './verify/without-mysql.mjs';

const help = `npm run verify -- [options]

Starts the whole pipeline on loopback and a shop with three tenants under load, in two versions, gives it a past of four weeks,
asks Prometheus every query of
grafana/dashboards and prometheus/rules until all of them return something, prints what does not, and stops everything.
Exit code 1 when something that is not in grafana/expected-empty.yaml stays empty. Where there is no MariaDB, nor one to be
installed, the board and the alerts of MySQL are left out, which is said.

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
const native = options.native ? nativeFolders() : undefined;
let mariadb;
let pipeline;
let traffic;
let testAlerts;
try {
  mariadb = await watchedMariadb(say);
  pipeline = await startPipeline({
    dataDir: data.path,
    replicas: 2,
    // As in the middle of a rollout.
    shopVersions: ['1.4.0', '1.5.0'],
    signal: interrupted,
    say,
    onProblem: (problem) => problems.push(problem),
    stackSettings: {
      ...(native && { rulesFolder: native.rules }),
      ...(mariadb && { mysql: mariadb.plan }),
    },
    ...(native && {
      environment: {
        OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION:
          'base2_exponential_bucket_histogram',
      },
    }),
  });
  const { shops, tenants, addresses } = pipeline;
  if (addresses.mysqlExporter !== undefined) await mariadb.start();
  const signal = AbortSignal.any([interrupted, stopTraffic.signal]);
  traffic = startTraffic({ shops, tenants, rate: options.rate, seed: 1, signal });
  testAlerts = sendTestAlerts(addresses.alertmanager, signal);
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
  await Promise.all([traffic, testAlerts]);
  await pipeline?.stop();
  await mariadb?.stop();
  rmSync(temporary, { recursive: true, force: true });
  data.leave(process.exitCode === 0);
}

function nativeFolders() {
  const folder = join(temporary, 'native');
  const { status } = spawnSync(
    process.execPath,
    [
      ...['packages/cli/dist/bin.js', 'generate', '--config', 'examples/shop/monitoring.ts'],
      ...['--histograms', 'native', '--out', folder],
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
    ...native,
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
      data: { type: 'string' },
    },
    read: (values) => ({ ...values, rate: wholeNumber('--rate', values.rate, 1, 500) }),
  });
}
