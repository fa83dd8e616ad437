import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareWithLedger } from '../../../examples/shop/dist/ledger/index.js';
import { startPipeline } from '../pipeline.mjs';
import { poll } from '../poll.mjs';
import { requestsByTenant } from '../requests-by-tenant.mjs';
import { startTraffic } from '../traffic.mjs';
import { closeDay } from './close-day.mjs';
import { compareServices } from './compare-services.mjs';
import { drained } from './drain.mjs';
import { purchase } from './purchase.mjs';
import { serviceLoad } from './service-load.mjs';
import { startOnPipeline } from './start-on-pipeline.mjs';
import { rateLimit, serviceNames } from './start-services.mjs';
import { startTraceTap } from './trace-tap.mjs';
import { problemsOf, traceTrees } from './trace-tree.mjs';
import { planUsersDatabase } from './users-database.mjs';

const settleSeconds = 60;
const traceSeconds = 60;
const burst = rateLimit * 2;

/** The services that one purchase goes through. */
const purchaseServices = ['gateway', 'auth', 'storefront', 'worker', 'notifications', 'chat'];

/**
 * The whole pipeline, the services on it under load, one purchase that is followed, and at the end what Prometheus says of each service
 * beside what its clients and databases know. `onRunning` is told the addresses to open, and all of them, once all listen.
 */
export async function runServices({
  dataDir,
  rate,
  seconds,
  seed,
  signal,
  say,
  onRunning,
  onPrometheus,
}) {
  const problems = [];
  const broken = new AbortController();
  const onProblem = (problem) => {
    problems.push(problem);
    broken.abort();
  };
  const stopLoad = AbortSignal.any([signal, broken.signal]);
  // After the load everything is waited for, also when it was Ctrl-C that ended it.
  const toTheEnd = new AbortController().signal;
  const secrets = mkdtempSync(join(tmpdir(), 'bellwether-services-'));
  const stops = [() => rmSync(secrets, { recursive: true, force: true })];
  try {
    const tap = await startTraceTap();
    stops.push(tap.stop);
    const telemetry = {
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${tap.address}/v1/traces`,
      BELLWETHER_BAGGAGE_HOSTS: '127.0.0.1',
    };
    const usersPlan = await planUsersDatabase({ folder: secrets, say });
    const pipeline = await startPipeline({
      ...{ dataDir, replicas: 0, signal, say, onProblem },
      stackSettings: { ...(usersPlan.plan && { mysql: usersPlan.plan }) },
      onStack: ({ collectorHttp }) => tap.handOnTo(collectorHttp),
      notificationsEnvironment: telemetry,
    });
    stops.push(pipeline.stop);
    const { addresses, since, tenants } = pipeline;
    const started = await startOnPipeline({
      ...{ pipeline, usersPlan, secrets, dataDir, telemetry, say, signal },
      onExit: onProblem,
    });
    stops.push(started.stop);
    const { services, environment } = started;
    const open = {
      ...Object.fromEntries(
        serviceNames.filter((name) => services[name]).map((name) => [name, services[name].address]),
      ),
      notifications: pipeline.notifications.address,
      prometheus: addresses.prometheus,
      'collector (OTLP/HTTP)': addresses.collectorHttp,
    };
    await onRunning(open, addresses);
    const live = setInterval(() => onPrometheus(addresses.prometheus, since), 5_000);
    const gateway = services.gateway.address;
    const chat = services.chat.address;
    const traffic = startTraffic({
      ...{ shops: [{ address: gateway }], tenants, rate, seconds, seed },
      signal: stopLoad,
    });
    const trafficEnded = new AbortController();
    const beside = serviceLoad({
      ...{ gateway, chat, tenants, burst, hasProfiles: services.users !== undefined },
      signal: trafficEnded.signal,
    });
    // Whichever fails first is what went wrong: the other one has to end all the same.
    beside.catch(() => broken.abort());
    const summaries = await traffic.finally(() => {
      clearInterval(live);
      trafficEnded.abort();
    });
    const customers = await beside;

    say('One purchase is followed through the services ...');
    const followed = await follow({ tap, gateway, chat, tenant: tenants[0], signal: toTheEnd });
    problems.push(...followed.problems);
    if (!(await drained(addresses.redis, toTheEnd)))
      problems.push('The queue was not empty in time');
    for (const customer of Object.values(customers)) customer.heard = await customer.leave();
    const closed = await closeDay({
      ...environment,
      DATABASE_URL: addresses.postgres,
      BATCH_SINCE: since.toISOString(),
    });
    say(`The nightly job closed the day of ${closed.length} tenants`);

    say('Stopping the services: what they have measured is exported before they end ...');
    for (const { name, code, signal: by } of await services.stop())
      if (code !== 0)
        problems.push(`${name} ended with ${by ?? `exit code ${code}`} after SIGTERM`);
    const storefront = await compareWithLedger({
      ...{ databaseUrl: addresses.postgres, prometheusUrl: addresses.prometheus, since },
      timeoutMs: settleSeconds * 1_000,
    });
    const others = await compareServices({
      ...{
        prometheus: addresses.prometheus,
        postgres: addresses.postgres,
        since,
        signal: toTheEnd,
      },
      clients: clientsBooks({ summaries, customers, followed }),
      countUsers: () => started.count(since),
      seconds: settleSeconds,
    });
    const rows = [...others, ...storefront.rows.map((row) => ({ service: 'storefront', ...row }))];
    return {
      equal: storefront.equal && others.every((row) => row.equal),
      ...{ problems, addresses: open, usersDatabase: started.usersDatabase },
      ...{ traffic: summaries, purchase: followed.said, rows },
    };
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

async function follow({ tap, gateway, chat, tenant, signal }) {
  tap.keep();
  const { traceId, requests } = await purchase({ gateway, chat, tenant });
  const expected = { services: purchaseServices, tenant: tenant.id };
  let spans = [];
  await poll(traceSeconds, signal, () => {
    spans = tap.spansOf(traceId);
    return problemsOf(spans, expected).length === 0;
  });
  return {
    ...{ tenant: tenant.id, requests },
    problems: problemsOf(spans, expected).map((problem) => `The trace of the purchase: ${problem}`),
    said: { traceId, tenant: tenant.id, services: purchaseServices, tree: traceTrees(spans) },
  };
}

/** What the clients know: who got the answers and heard the messages counts them. */
function clientsBooks({ summaries, customers, followed }) {
  const requests = requestsByTenant(summaries);
  return Object.values(customers).flatMap(({ tenant, ...customer }) => {
    const bought = followed.tenant === tenant ? 1 : 0;
    const entry = (service, measure, value, labels = {}) => ({
      ...{ service, measure, tenant, labels, value },
    });
    return [
      entry(
        'gateway',
        'requests',
        (requests[tenant] ?? 0) + customer.requests + bought * followed.requests,
      ),
      entry('gateway', 'requests limited', customer.limited),
      entry('chat', 'sockets opened', customer.sockets + bought),
      entry('chat', 'messages', customer.said, { direction: 'received' }),
      entry('chat', 'messages', customer.heard + bought, { direction: 'sent' }),
    ];
  });
}
