// `npm run upgrade:proof`: from the version before of each server, with its data. See npm run upgrade:proof -- --help
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compareWithLedger } from '../examples/shop/dist/ledger/index.js';
import { startStack } from '../packages/cli/dist/index.js';
import { askAll, differences, postSilence } from './backup/questions.mjs';
import { untilInterrupted } from './start/interrupt.mjs';
import { startPipeline } from './start/pipeline.mjs';
import { poll } from './start/poll.mjs';
import { progressLines } from './start/progress-lines.mjs';
import { requestsByTenant } from './start/requests-by-tenant.mjs';
import { startTraffic } from './start/traffic.mjs';
import { readUpgradeOptions } from './upgrade/options.mjs';
import { previousServer, previousServers } from './upgrade/previous-servers.mjs';

const options = readUpgradeOptions(process.argv.slice(2));
const say = (text) => process.stderr.write(`${text}\n`);
const signal = untilInterrupted(say);
const folder = mkdtempSync(join(tmpdir(), 'bellwether-upgrade-proof-'));
const dataDir = join(folder, 'stack');
const services = ['postgres', 'prometheus', 'alertmanager', 'collector'];
const prometheusTiming = { scrapeInterval: '1s', evaluationInterval: '5s', ruleQueryOffset: '5s' };
const bin = fileURLToPath(new URL('../packages/cli/dist/bin.js', import.meta.url));
let pipeline;
let stack;
try {
  process.exitCode = await run();
} catch (error) {
  say(`npm run upgrade:proof: ${error.stack}`);
  process.exitCode = 1;
} finally {
  await pipeline?.stop();
  await stack?.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function run() {
  const { had, leftOut } = await takePrevious();
  pipeline = await startPipeline({
    dataDir,
    replicas: 2,
    signal,
    say,
    onProblem: say,
    stackSettings: { prometheusTiming },
    environment: { OTEL_METRIC_EXPORT_INTERVAL: '2000' },
  });
  const { addresses, shops, tenants, since } = pipeline;
  const from = Math.floor(Date.now() / 1000);
  const load = (seconds, seed) => startTraffic({ shops, tenants, rate: 20, seconds, seed, signal });
  const first = await load(options.seconds, 1);
  for (const [comment, seconds] of [
    ['maintenance', 7_200],
    ['until tomorrow', 86_400],
  ])
    await postSilence(addresses.alertmanager, comment, seconds);
  const until = Math.floor(Date.now() / 1000) - 5;
  const versionsBefore = await versions(addresses);
  const before = await askAll(addresses, { from, until });

  say('Prometheus is down for the last 10 s of load: they wait in the queue of the Collector ...');
  await pipeline.stack.stopService('prometheus');
  const second = await load(10, 2);
  // The database goes on, and what it holds is compared with itself at the end.
  await pipeline.stop();
  pipeline = undefined;

  for (const { variable } of previousServers) delete process.env[variable];
  say('Again, with the versions of this repository, on the same data ...');
  stack = await startStack({
    dataDir,
    services,
    prometheusTiming,
    onProgress: progressLines(say),
  });
  const versionsAfter = await versions(stack.addresses);
  const ledger = await compareWithLedger({
    databaseUrl: stack.addresses.postgres,
    prometheusUrl: stack.addresses.prometheus,
    since,
    requestsByTenant: requestsByTenant([...first, ...second]),
    timeoutMs: 90_000,
  });
  const after = await askAll(stack.addresses, { from, until });
  // The tables went on being written to after the first questions.
  const metrics = (answers) =>
    Object.fromEntries(Object.entries(answers).filter(([name]) => !name.startsWith('table ')));
  const different = differences(metrics(before), metrics(after));
  await stack.stop();
  stack = undefined;

  const half = await halfUpgrades(had);
  const result = {
    upgraded: had.map(({ name, version }) => `${name} ${version}`),
    leftOut,
    versions: { before: versionsBefore, after: versionsAfter },
    questions: Object.keys(metrics(before)).length,
    different,
    ledger: {
      rows: ledger.rows.length,
      equal: ledger.equal,
      wrong: ledger.rows.filter((row) => !row.equal),
    },
    half,
  };
  const ok =
    had.length > 0 &&
    different.length === 0 &&
    ledger.equal &&
    half.every((each) => each.said !== '');
  process.stdout.write(
    options.json ? `${JSON.stringify({ ok, ...result }, null, 2)}\n` : render(result),
  );
  return ok ? 0 : 1;
}

/** Has the stack take the version before of each server. */
async function takePrevious() {
  const had = [];
  const leftOut = [];
  for (const server of previousServers) {
    try {
      process.env[server.variable] = await previousServer(server, say);
      had.push({ ...server, file: process.env[server.variable] });
    } catch (error) {
      say(error.message);
      leftOut.push(error.message);
    }
  }
  return { had, leftOut };
}

/** One server of before beside the others of now: what the doctor says of it. */
async function halfUpgrades(had) {
  const rows = [];
  for (const { name, variable, file } of had.filter((server) => server.name !== 'otelcol')) {
    process.env[variable] = file;
    stack = await startStack({
      dataDir: join(folder, `half-${name}`),
      services: ['prometheus', 'alertmanager', 'collector'],
    });
    const args = [
      'doctor',
      '--data',
      join(folder, `half-${name}`),
      '--only',
      'prometheus,alerting',
      '--json',
    ];
    const { stdout } = spawnSync(process.execPath, [bin, ...args], { encoding: 'utf8' });
    const { checks = [] } = JSON.parse(stdout || '{}');
    const said = checks.find(({ id, status }) => id === name && status === 'warn');
    rows.push({
      half: `${name} of before`,
      said: said === undefined ? '' : `${said.message} -> ${said.hint}`,
    });
    await stack.stop();
    stack = undefined;
    delete process.env[variable];
  }
  return rows;
}

async function versions({ prometheus, alertmanager, collectorMetrics }) {
  const get = async (url) => (await fetch(url)).text();
  let collector = '';
  await poll(30, signal, async () => {
    const page = await get(collectorMetrics).catch(() => '');
    collector = /service_version="([^"]+)"/.exec(page)?.[1] ?? '';
    return collector !== '';
  });
  return {
    prometheus: JSON.parse(await get(`${prometheus}/api/v1/status/buildinfo`)).data.version,
    alertmanager: JSON.parse(await get(`${alertmanager}/api/v2/status`)).versionInfo.version,
    collector,
  };
}

function render({ versions: { before, after }, leftOut, questions, different, ledger, half }) {
  const lines = [
    '',
    ...Object.keys(before).map((name) => `  ${name.padEnd(13)} ${before[name]} -> ${after[name]}`),
    ...leftOut.map((text) => `  left out: ${text}`),
    `  ${questions} questions, ${questions - different.length} with the same answer`,
    ...different.map(
      ({ question, before: was, after: is }) =>
        `  DIFFERENT ${question}\n    before ${was}\n    after  ${is}`,
    ),
    `  ledger: ${ledger.rows} rows, ${ledger.equal ? 'all equal' : `different: ${JSON.stringify(ledger.wrong)}`}`,
    ...half.map(({ half: what, said }) => `  ${what}: ${said || 'THE DOCTOR SAYS NOTHING'}`),
  ];
  return `${lines.join('\n')}\n`;
}
