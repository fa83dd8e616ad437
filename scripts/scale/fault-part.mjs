import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { compareWithLedger } from '../../examples/shop/dist/ledger/index.js';
import { startPipeline } from '../start/pipeline.mjs';
import { poll } from '../start/poll.mjs';
import { requestsByTenant } from '../start/requests-by-tenant.mjs';
import { startTraffic } from '../start/traffic.mjs';
import { byLabel } from './ask.mjs';
import { queued, startTiers } from './collectors.mjs';
import { blocksIn } from './folder-bytes.mjs';
import { isolation } from './isolation.mjs';
import { givenUp, samplesRefused } from './refusals.mjs';
import { startThanos } from './thanos.mjs';

const run = promisify(execFile);
const exportMs = 2_000;

/** The shop on Thanos under load, receivers that are killed, and what is left of it: rows of steps, the ledger, and who could read whom. */
export async function faultPart({ folder, programs, plan, say, signal, stops }) {
  const own = join(folder, 'fault');
  mkdirSync(own, { recursive: true });
  const problems = [];
  const steps = [];
  const thanos = await startThanos({ folder: own, programs, rules: programs.rules, signal, stops });
  const tiers = await startTiers({
    folder: own,
    programs,
    otlp: thanos.otlp.slice(0, 2),
    signal,
    stops,
  });
  const environment = {
    OTEL_EXPORTER_OTLP_ENDPOINT: tiers.agent.url,
    OTEL_METRIC_EXPORT_INTERVAL: String(exportMs),
  };
  const pipeline = await startPipeline({
    dataDir: join(own, 'stack'),
    replicas: 2,
    signal,
    say,
    onProblem: (problem) => problems.push(problem),
    stackSettings: { services: ['postgres', 'redis', 'alertmanager'] },
    environment,
    shopEnvironment: {
      SHOP_PROMETHEUS_URL: thanos.query,
      SHOP_TENANT_PROMETHEUS_URL: thanos.proxy,
      // None is abandoned: the ledger stands still while it is compared.
      SHOP_CART_IDLE_SECONDS: '86400',
    },
  });
  stops.push(() => pipeline.stop());
  const { shops, tenants, since, addresses } = pipeline;
  const endOfLoad = new AbortController();
  const traffic = startTraffic({
    ...{ shops, tenants, rate: plan.rate, seed: 1 },
    signal: AbortSignal.any([signal, endOfLoad.signal]),
  });
  const pause = (seconds) => wait(seconds * 1_000, undefined, { signal }).catch(() => undefined);
  const orders = async () => {
    const all = await byLabel(
      thanos.query,
      'sum by (tenant_id) (last_over_time(commerce_orders_total[1h]))',
      'tenant_id',
    );
    return Object.values(all).reduce((sum, value) => sum + value, 0);
  };
  const step = (what, seen = {}) => {
    steps.push({ what, ...seen });
    say(
      `  ${what}${Object.entries(seen)
        .map(([name, value]) => `, ${name} ${value}`)
        .join('')}`,
    );
  };

  await pause(plan.shopSeconds.warm);
  for (const [number, role] of [
    [1, 'keeps copies'],
    [0, 'takes from a gateway'],
  ]) {
    const before = await orders();
    const waitingBefore = await waitingPoints(tiers);
    await thanos.receivers[number].stop('SIGKILL');
    step(`receiver ${number} is killed with SIGKILL; it ${role}`, {
      orders: before,
      'points in queues': waitingBefore,
    });
    await pause(plan.shopSeconds.outage);
    const during = await orders();
    const waiting = await waitingPoints(tiers);
    step('questions while it is away', { orders: during, 'points in queues': waiting });
    if (during < before)
      problems.push(`with receiver ${number} away ${during} orders are seen, ${before} before`);
    await thanos.receivers[number].start();
    step(`receiver ${number} is back`);
    await pause(plan.shopSeconds.calm);
  }
  // Less than Thanos needs, and nobody says so: neither of the two answers, or refuses to.
  const frozen = thanos.receivers.slice(1);
  step('receivers 1 and 2 are frozen with SIGSTOP', { orders: await orders() });
  for (const { process: receiver } of frozen) receiver.kill('SIGSTOP');
  try {
    await pause(plan.shopSeconds.outage);
    step('before they go on', { 'points in queues': await waitingPoints(tiers) });
  } finally {
    for (const { process: receiver } of frozen) receiver.kill('SIGCONT');
  }
  await pause(plan.shopSeconds.calm);
  endOfLoad.abort();
  const summaries = await traffic;
  for (const shop of shops) await shop.stop();
  const endedAt = Date.now() / 1_000;

  const ledgers = {};
  /** Asks until both sides agree or the time is over. */
  const check = async (where) => {
    let rows = [];
    await poll(plan.settleSeconds, signal, async () => {
      const comparison = await compareWithLedger({
        databaseUrl: addresses.postgres,
        prometheusUrl: thanos.query,
        since,
        requestsByTenant: requestsByTenant(summaries),
      });
      // Receivers give series without a tenant that name, and no ledger knows them.
      rows = comparison.rows.filter(({ tenant }) => tenant !== 'unlabelled');
      return differing(rows) === 0 && rows.length > 0;
    });
    ledgers[where] = { equal: differing(rows) === 0 && rows.length > 0, rows };
    step(`ledger against ${where}`, { rows: rows.length, differ: differing(rows) });
  };
  await check('the receivers');
  const refused = refusals(tiers, thanos);
  step('points that a Collector gave up, samples that a receiver refused', refused);
  if (refused.points > 0) problems.push(`Collectors gave up ${refused.points} points for good`);
  if (refused.samples > 0) problems.push(`Receivers refused ${refused.samples} samples`);
  const recorded = await rulesWork(thanos, plan, signal);
  step('records of the ruler, by tenant', recorded);
  const isolated = {
    memory: await isolation({ thanos, tenants, alertmanager: addresses.alertmanager }),
  };

  // The end of a block is exclusive: what is newest of a tenant is in the block of a receiver that ends only where something newer came after it.
  if (!(await newerRecords(thanos, tenants, endedAt, plan, signal)))
    problems.push('not every tenant has a record of the ruler that is newer than its last export');
  for (const receiver of thanos.receivers) await receiver.stop();
  const uploaded = blocksIn(thanos.bucket);
  step('receivers have ended and uploaded', { blocks: uploaded.length });
  await check('the object store alone');
  isolated.store = await isolation({ thanos, tenants, alertmanager: addresses.alertmanager });
  await compact({ thanos, programs, folder: own });
  await check('the object store after compaction');
  const compacted = blocksIn(thanos.bucket);
  step('compacted', { blocks: compacted.length });
  const sum = (blocks, of) => blocks.reduce((all, block) => all + of(block), 0);
  const bytes = (blocks) => sum(blocks, ({ chunkBytes, indexBytes }) => chunkBytes + indexBytes);
  return {
    ok:
      problems.length === 0 &&
      Object.values(ledgers).every(({ equal }) => equal) &&
      Object.values(isolated)
        .flat()
        .every(({ ok }) => ok),
    problems,
    steps,
    ledgers,
    isolation: isolated,
    blocks: {
      before: {
        blocks: uploaded.length,
        samples: sum(uploaded, ({ samples }) => samples),
        bytes: bytes(uploaded),
      },
      after: {
        blocks: compacted.length,
        samples: sum(compacted, ({ samples }) => samples),
        bytes: bytes(compacted),
      },
    },
    rate: plan.rate,
  };
}

/** Points that a Collector has taken and not handed over; some are always on their way. */
async function waitingPoints({ agent, gateways }) {
  const counts = await Promise.all([agent, ...gateways].map(queued));
  return counts.reduce((sum, count) => sum + count, 0);
}

const differing = (rows) => rows.filter((row) => !row.equal).length;

/** The ruler has written series of each tenant into that tenant's own store. */
async function rulesWork({ query }, plan, signal) {
  let seen = {};
  await poll(plan.settleSeconds, signal, async () => {
    seen = await byLabel(
      query,
      'count by (tenant_id) (last_over_time(job_tenant:http_server_requests:rate5m[1h]))',
      'tenant_id',
    );
    return Object.keys(seen).length >= 3;
  });
  return seen;
}

/** Each tenant has a record of the ruler whose time is later: records are as old as the offset of the rules. */
function newerRecords({ query }, tenants, endedAt, plan, signal) {
  return poll(plan.settleSeconds, signal, async () => {
    const newest = await byLabel(
      query,
      'max by (tenant_id) (timestamp(job_tenant:http_server_requests:rate5m))',
      'tenant_id',
    );
    return tenants.every(({ id }) => newest[id] > endedAt);
  });
}

/** One round of the compactor, with the flags of production but for the pause that it gives blocks to become whole. */
async function compact({ thanos, programs, folder }) {
  const flags = new URL('../../thanos/compact.flags', import.meta.url).pathname;
  await run(programs.thanos, [
    ...['compact', `@${flags}`, `--data-dir=${join(folder, 'compact')}`],
    ...[`--objstore.config-file=${thanos.bucketFile}`, '--http-address=127.0.0.1:0'],
    ...['--consistency-delay=0s', '--delete-delay=0s'],
  ]);
}

/** What was given up for good, and what only lacks exemplars that were too late. */
function refusals({ agent, gateways }, { receivers }) {
  const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
  const batches = [agent, ...gateways].map(({ server }) => givenUp(server));
  return {
    points: sum(batches.map(({ lost }) => lost)),
    samples: sum(receivers.flatMap(samplesRefused).map(({ count }) => count)),
    'points beside late exemplars': sum(batches.map(({ conflict }) => conflict)),
  };
}
