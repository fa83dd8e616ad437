import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promQuery, startStack } from '@bellwether/cli';
import { prepareDatabase } from '@bellwether/example-shop/database';
import { compareWithLedger, readLedger } from '@bellwether/example-shop/ledger';
import { runTraffic } from '@bellwether/example-shop/traffic';
import {
  freePort,
  type OtlpReceiver,
  type Program,
  pollUntil,
  runProgram,
  startOtlpReceiver,
} from '@bellwether/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from './support/repository.ts';

/** One shop per replica, real servers, one minute of load; every hop of the way is asked what it saw. */
const shopFolder = `${root}/examples/shop`;
const loadSeconds = 60;
const replicas = 2;
const steadyPerReplica = 10;

let stack: Awaited<ReturnType<typeof startStack>>;
let receiver: OtlpReceiver;
let dataDir: string;
const since = new Date();
const shops: Program[] = [];
/** What the /metrics of the first replica showed at the end of the load, and which instance that is. */
let scraped: string;
let scrapedInstance: string | undefined;
const requestsByTenant: Record<string, number> = {};
/** When each request of the steady load was answered, in seconds of the clock. */
const answeredAt: number[] = [];

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'bellwether-e2e-'));
  stack = await startStack({ dataDir });
  const { addresses } = stack;
  receiver = await startOtlpReceiver({ forwardTo: addresses.collectorHttp });
  const { tenants } = await prepareDatabase(addresses.postgres, { keyName: 'e2e' });
  const targets: string[] = [];
  const metricsPort = await freePort();
  for (let replica = 1; replica <= replicas; replica += 1) {
    const shop = runProgram({
      file: 'dist/server.js',
      imports: ['@bellwether/sdk/register'],
      cwd: shopFolder,
      timeoutMs: 240_000,
      env: {
        PORT: '0',
        DATABASE_URL: addresses.postgres,
        REDIS_URL: addresses.redis,
        JWT_SECRET: 'a secret of this test and of nothing else',
        OTEL_SERVICE_NAME: 'shop',
        OTEL_RESOURCE_ATTRIBUTES: 'service.namespace=e2e',
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
        OTEL_METRIC_EXPORT_INTERVAL: '1000',
        ...(replica === 1 && { BELLWETHER_METRICS_PORT: String(metricsPort) }),
      },
    });
    shops.push(shop);
    const [, target] = await shop.waitForLine(/the shop listens on (http:\/\/[^"\s]+)/);
    targets.push(target ?? '');
  }
  const summaries = await Promise.all(
    targets.flatMap((target, index) => [
      runTraffic({
        target,
        tenants,
        ratePerSecond: 15,
        durationSeconds: loadSeconds,
        seed: index + 1,
      }),
      steadyLoad(`${target}/info`, steadyPerReplica, loadSeconds),
    ]),
  );
  for (const summary of summaries) {
    for (const [id, { requests }] of Object.entries(summary?.tenants ?? {})) {
      requestsByTenant[id] = (requestsByTenant[id] ?? 0) + requests;
    }
  }
  scraped = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  scrapedInstance = shops[0]?.stderr.match(/"service\.instance\.id":"([^"]+)"/)?.[1];
  for (const shop of shops) {
    shop.kill('SIGTERM');
    expect(await shop.exited, shop.stderr).toEqual({ code: 0, signal: null });
  }
}, 420_000);

afterAll(async () => {
  await Promise.all(shops.map((shop) => shop.stop()));
  await receiver?.close();
  await stack?.stop({ volumes: true });
  rmSync(dataDir, { recursive: true, force: true });
}, 60_000);

test('OTLP: what left the shops is what their ledger says', async () => {
  const ledger = await readLedger(stack.addresses.postgres, { since });
  const orders = ledger.filter(({ measure }) => measure === 'orders');
  expect(new Set(orders.map(({ tenant }) => tenant)).size).toBeGreaterThanOrEqual(3);
  for (const { tenant, labels, value } of orders) {
    const points = receiver.points('commerce.orders', { 'tenant.id': tenant, ...labels });
    const sum = points.reduce((total, point) => total + (point.value ?? 0), 0);
    expect(sum, `${tenant} ${JSON.stringify(labels)}`).toBe(value);
  }
  expect(receiver.malformed).toEqual([]);
});

test('OTLP: a trace goes from the request to the database, with its tenant', () => {
  const request = receiver
    .spans({ kind: 'server' })
    .find(
      ({ attributes }) =>
        attributes['http.route'] === '/orders' && attributes['http.response.status_code'] === 201,
    );
  const tenant = request?.attributes['tenant.id'];
  expect(Object.keys(requestsByTenant)).toContain(tenant);
  const statements = receiver
    .spans({ traceId: request?.traceId ?? '' })
    .filter(({ attributes }) => attributes['db.system.name'] === 'postgresql');
  const named = new Set(statements.map(({ attributes }) => attributes['tenant.id']));
  // Whoever looks up the key does not know the tenant yet; all that comes after does, and nobody else's is there.
  expect(named).toContain(tenant);
  named.delete(undefined);
  expect([...named]).toEqual([tenant]);
});

test('Collector: took everything, refused and lost nothing', async () => {
  const ask = (expression: string) => promQuery(stack.addresses.prometheus, expression);
  const sent = 'sum({__name__=~"otelcol_exporter_sent_metric_points(_total)?"})';
  await pollUntil(async () => ((await ask(sent))[0]?.value ?? 0) > 0, {
    timeoutMs: 60_000,
    everyMs: 500,
    message: 'the Collector to have counted what it sent',
  });
  for (const trouble of ['exporter_send_failed_metric_points', 'receiver_refused_metric_points']) {
    const [row] = await ask(`sum({__name__=~"otelcol_${trouble}(_total)?"})`);
    expect(row?.value ?? 0, trouble).toBe(0);
  }
});

test('Prometheus: equal to the ledger, per tenant, to the last order', async () => {
  const { equal, rows } = await compareWithLedger({
    databaseUrl: stack.addresses.postgres,
    prometheusUrl: stack.addresses.prometheus,
    since,
    requestsByTenant,
    timeoutMs: 60_000,
  });
  expect(rows.filter((row) => !row.equal)).toEqual([]);
  expect(equal).toBe(true);
  for (const measure of ['requests', 'orders', 'revenue']) {
    const tenants = rows.filter((row) => row.measure === measure).map(({ tenant }) => tenant);
    expect(new Set(tenants).size, measure).toBeGreaterThanOrEqual(3);
  }
});

test('a ledger that says otherwise is seen', async () => {
  const [tenant = ''] = Object.keys(requestsByTenant);
  const { equal, rows } = await compareWithLedger({
    databaseUrl: stack.addresses.postgres,
    prometheusUrl: stack.addresses.prometheus,
    since,
    requestsByTenant: { ...requestsByTenant, [tenant]: (requestsByTenant[tenant] ?? 0) + 1 },
  });
  expect(equal).toBe(false);
  expect(rows.filter((row) => !row.equal)).toMatchObject([{ tenant, measure: 'requests' }]);
});

test('increase() counts the first order too', async () => {
  const query = (fn: string) =>
    promQuery(stack.addresses.prometheus, `sum by (tenant_id) (${fn}(commerce_orders_total[1h]))`);
  const totals = await promQuery(
    stack.addresses.prometheus,
    'sum by (tenant_id) (last_over_time(commerce_orders_total[1h]))',
  );
  expect(totals.length).toBeGreaterThanOrEqual(3);
  const increases = await query('increase');
  for (const { labels, value } of totals) {
    const increase = increases.find((row) => row.labels.tenant_id === labels.tenant_id);
    // increase() extrapolates to the window's edges, by at most half an interval a side: never below the truth.
    expect(Math.round(increase?.value ?? 0), labels.tenant_id).toBeGreaterThanOrEqual(value);
  }
});

test('/metrics shows the names that Prometheus has by the Collector', async () => {
  const kinds = new Map(
    [...scraped.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', kind]) => [name, kind]),
  );
  const series = `last_over_time({job="e2e/shop",instance="${scrapedInstance}"}[1h])`;
  const stored = await promQuery(stack.addresses.prometheus, `count by (__name__) (${series})`);
  const names = stored
    .map(({ labels: { __name__: name = '' } }) => {
      const base = name.replace(/_(bucket|sum|count)$/, '');
      return kinds.get(base) === 'histogram' ? base : name;
    })
    // The Collector makes these of spans, and Prometheus those by its rules.
    .filter((name) => !/^(traces_span_metrics_|ALERTS)|:/.test(name));
  expect(names.length).toBeGreaterThan(20);
  expect([...kinds.keys()].sort()).toEqual([...new Set(names)].sort());
});

test.for([
  ['grpc', 'gRPC is loaded'],
  ['http/protobuf', 'gRPC is not loaded'],
  ['http/json', 'gRPC is not loaded'],
] as const)('%s reaches Prometheus too; %s', async ([protocol, loaded]) => {
  const { collectorGrpc, collectorHttp, prometheus } = stack.addresses;
  const name = `sent-by-${protocol.replace('/', '-')}`;
  const program = runProgram({
    file: 'test/programs/sent-by-protocol.mjs',
    imports: ['@bellwether/sdk/register'],
    cwd: root,
    env: {
      OTEL_SERVICE_NAME: name,
      OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
      OTEL_EXPORTER_OTLP_ENDPOINT: protocol === 'grpc' ? collectorGrpc : collectorHttp,
    },
  });
  expect(await program.exited, program.stderr).toEqual({ code: 0, signal: null });
  expect(program.stdout).toBe(`${loaded}\n`);
  const [seen] = await pollUntil(
    async () => {
      const found = await promQuery(prometheus, `protocol_sent_total{job="${name}"}`);
      return found.length > 0 && found;
    },
    { timeoutMs: 30_000, everyMs: 250, message: `what was sent by ${protocol}` },
  );
  expect(seen?.value).toBe(3);
});

test('two replicas with 20 requests a second together read as many as were answered', async () => {
  const steady = 'http_server_request_duration_seconds_count{http_route="/info"}';
  const [last] = await promQuery(
    stack.addresses.prometheus,
    `max(timestamp(last_over_time(${steady}[1h])))`,
  );
  const time = Math.floor(last?.value ?? 0) - 8;
  const [rate] = await promQuery(stack.addresses.prometheus, `sum(rate(${steady}[40s]))`, { time });
  expect(answeredAt).toHaveLength(steadyPerReplica * replicas * loadSeconds);
  // A machine that others use answers in fits and starts.
  const expected = answeredAt.filter((at) => at > time - 40 && at <= time).length / 40;
  expect(expected).toBeGreaterThan(10);
  expect(rate?.value).toBeGreaterThan(expected * 0.95);
  expect(rate?.value).toBeLessThan(expected * 1.05);
});

/** Sends on the beat whatever the answers do, so that the rate is what it says. */
async function steadyLoad(url: string, perSecond: number, seconds: number): Promise<undefined> {
  const began = performance.now();
  const answers: Promise<unknown>[] = [];
  for (let sent = 0; sent < perSecond * seconds; sent += 1) {
    await wait(Math.max(0, began + (sent * 1000) / perSecond - performance.now()));
    answers.push(answered(url));
  }
  await Promise.all(answers);
  return undefined;
}

async function answered(url: string): Promise<void> {
  const answer = await fetch(url);
  await answer.arrayBuffer();
  answeredAt.push(Date.now() / 1000);
}
