import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type OtlpReceiver,
  pollUntil,
  type ReceivedSpan,
  startOtlpReceiver,
  startPostgres,
  startRedis,
} from '@bellwether/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from './support/repository.ts';

/** Under load on two cores everything takes its time. */
const patience = { timeoutMs: 120_000 };

const load = (file: string) => import(pathToFileURL(join(root, file)).href);

interface Tenant {
  readonly id: string;
  readonly apiKey: string;
  readonly currencies: readonly string[];
}

interface Running {
  readonly address: string;
  stop(): Promise<unknown>;
}

type Services = Record<'gateway' | 'auth' | 'chat' | 'users' | 'worker' | 'storefront', Running> & {
  stop(): Promise<unknown>;
};

const folder = mkdtempSync(join(tmpdir(), 'bellwether-services-'));
const stops: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
const problems: string[] = [];
let receiver: OtlpReceiver;
let services: Services;
let nightly: Record<string, string>;
let tenants: readonly Tenant[];

beforeAll(async () => {
  const [{ startServices }, { notificationSecrets, startNotifications }, { prepareDatabase }] =
    await Promise.all([
      load('scripts/start/services/start-services.mjs'),
      load('scripts/start/notifications.mjs'),
      load('examples/shop/dist/database/index.js'),
    ]);
  const [postgres, redis, spans] = await Promise.all([
    startPostgres(),
    startRedis(),
    startOtlpReceiver(),
  ]);
  receiver = spans;
  stops.push(postgres.stop, redis.stop, receiver.close);
  ({ tenants } = await prepareDatabase(postgres.url));
  const environment = {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_METRIC_EXPORT_INTERVAL: '1000',
    OTEL_BSP_SCHEDULE_DELAY: '200',
    BELLWETHER_BAGGAGE_HOSTS: '127.0.0.1',
    LOG_LEVEL: 'info',
    BELLWETHER_METRICS_PORT: '0',
  };
  const since = new Date(Date.now() - 3_600_000).toISOString();
  nightly = { ...environment, DATABASE_URL: postgres.url, BATCH_SINCE: since };
  const common = { logFolder: folder, onExit: (problem: string) => problems.push(problem) };
  const secrets = await notificationSecrets();
  stops.push(secrets.remove);
  const notifications: Running = await startNotifications({
    ...common,
    secrets,
    environment: { ...environment, DATABASE_URL: postgres.url },
  });
  stops.push(() => notifications.stop());
  services = await startServices({
    ...common,
    postgres: postgres.url,
    redis: redis.url,
    usersDatabase: postgres.url,
    notifications: { address: notifications.address, tokenFile: secrets.tokenFile },
    tenants,
    secrets: folder,
    environment,
    countryHeader: 'x-country',
  });
  stops.push(() => services.stop());
}, 300_000);

afterAll(async () => {
  for (const stop of stops.reverse()) await stop();
}, 120_000);

test('one purchase is one trace of one tenant through all six services', async () => {
  const { purchase } = await load('scripts/start/services/purchase.mjs');
  const { problemsOf } = await load('scripts/start/services/trace-tree.mjs');
  const tenant = tenants.find(({ id }) => id === 'globex');
  const { gateway, chat } = services;
  const bought = { gateway: gateway.address, chat: chat.address, tenant };
  const { traceId } = await purchase(bought);

  const expected = {
    services: ['gateway', 'auth', 'storefront', 'worker', 'notifications', 'chat'],
    tenant: 'globex',
  };
  const spansNow = (): ReceivedSpan[] => receiver.spans({ traceId });
  await pollUntil(() => {
    expect(problemsOf(spansNow(), expected)).toEqual([]);
    return true;
  }, patience);
  const kinds = spansNow().map(
    ({ resource, kind, name }) => `${resource['service.name']} ${kind} ${name}`,
  );
  expect(kinds).toEqual(
    expect.arrayContaining([
      'gateway server POST /orders',
      'auth server POST /introspect',
      'storefront server POST /orders',
      'storefront producer add orders.paid',
      'worker consumer process orders',
      'notifications server POST /confirmations',
      'chat server POST /announcements',
    ]),
  );
  expect(problems).toEqual([]);
}, 300_000);

test('every service answers /health and, on request, /metrics, where its line at start says', async () => {
  const started = Object.keys(services).filter((name) => name !== 'stop');
  for (const name of [...started, 'notifications']) {
    const said = async (pattern: RegExp) => {
      const log = join(folder, `${name}.log`);
      const [, text = ''] = await pollUntil(
        () => pattern.exec(readFileSync(log, 'utf8')),
        patience,
      );
      return text;
    };
    const address = await said(/listens on (http:\/\/[^"\s]+)/);
    const url = await said(/"metrics":\["([^"]+)"]/);
    await pollUntil(async () => (await fetch(`${address}/health`)).ok, patience);
    await pollUntil(async () => {
      const lines = (await (await fetch(url)).text()).split('\n');
      const told = (start: string, part: string) =>
        lines.some((line) => line.startsWith(start) && line.includes(part));
      return (
        told('target_info', `service_name="${name}"`) &&
        told('http_server_request_duration_seconds_count', '/health')
      );
    }, patience);
  }
}, 300_000);

test('every service says that it is well', async () => {
  const { gateway, auth, chat, users, worker, storefront } = services;
  for (const { address } of [gateway, auth, chat, users, worker, storefront]) {
    // Within a second, it says; on a busy machine the second time.
    await pollUntil(async () => (await fetch(`${address}/health`)).ok, patience);
  }
}, 300_000);

test('where there is no MariaDB, profiles are in PostgreSQL, each in the hands of its tenant', async () => {
  const { newCustomer } = await load('scripts/start/services/purchase.mjs');
  const gateway = services.gateway.address;
  const [acme, globex] = await Promise.all(
    ['acme', 'globex'].map((wanted) =>
      newCustomer({ gateway, tenant: tenants.find(({ id }) => id === wanted) }),
    ),
  );
  await acme.send('PUT', '/profile', { name: 'Another name' });
  expect(await acme.send('GET', '/profile')).toMatchObject({ profile: { name: 'Another name' } });
  expect(await globex.send('GET', '/profile')).toMatchObject({ profile: { name: 'A customer' } });

  const made = { 'tenant.id': 'acme' };
  await receiver.waitForPoints('users.created', made, undefined, patience);
  const statements = { ...made, 'db.system.name': 'postgresql' };
  await receiver.waitForPoints(
    'db.client.operation.duration',
    statements,
    (points) => points.some(({ resource }) => resource['service.name'] === 'users'),
    patience,
  );
}, 300_000);

test('a customer who registered while the users service was away makes a profile by changing it', async () => {
  const tenant = tenants.find(({ id }) => id === 'acme');
  const send = async (
    address: string,
    method: string,
    path: string,
    headers: object,
    body?: object,
  ) =>
    (
      await fetch(`${address}${path}`, {
        method,
        headers: { 'content-type': 'application/json', ...headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
    ).json() as Promise<Record<string, unknown>>;
  const key = { 'x-api-key': tenant?.apiKey };
  const account = { email: 'late@example.com', password: 'correct horse battery' };
  const { gateway, storefront } = services;
  // Past the auth service, so that nobody tells the users service.
  await send(storefront.address, 'POST', '/register', key, { ...account, name: 'Late' });
  const { token } = await send(gateway.address, 'POST', '/login', key, account);
  const own = { authorization: `Bearer ${token}` };
  const none = await send(gateway.address, 'GET', '/profile', own);
  expect(none).toMatchObject({ error: { code: 'not_found' } });
  await send(gateway.address, 'PUT', '/profile', own, { name: 'Better' });
  const one = await send(gateway.address, 'GET', '/profile', own);
  expect(one).toMatchObject({ profile: { name: 'Better' } });
}, 300_000);

test('a stranger, and who has no token, are told so, and belong to nobody', async () => {
  const { gateway, auth, chat } = services;
  const headers = { 'x-api-key': 'a guess', 'x-tenant': 'acme', baggage: 'tenant.id=acme' };
  expect((await fetch(`${gateway.address}/products`, { headers })).status).toBe(401);
  const body = JSON.stringify({ text: 'hello' });
  const told = { method: 'POST', body, headers: { 'content-type': 'application/json' } };
  expect((await fetch(`${chat.address}/announcements`, told)).status).toBe(401);
  expect((await fetch(`${auth.address}/introspect`, told)).status).toBe(401);
}, 300_000);

test('what the boards of the services ask for is sent', async () => {
  for (const name of [
    ...['gateway.upstream.duration', 'auth.attempts', 'auth.tokens.issued'],
    ...['auth.credentials.checked', 'messaging.sockets.opened', 'messaging.sockets.open'],
    ...['messaging.messages', 'messaging.jobs', 'messaging.job.duration', 'messaging.job.wait'],
    ...['messaging.jobs.waiting', 'messaging.jobs.waiting.age'],
  ])
    await receiver.waitForPoints(name, undefined, undefined, patience);
  for (const upstream of ['auth', 'storefront', 'users']) {
    const answered = { upstream, outcome: 'answered' };
    await receiver.waitForPoints('gateway.upstream.duration', answered, undefined, patience);
  }
}, 300_000);

test('the metrics of a process that lives for a moment are there when it has ended', async () => {
  const { closeDay } = await load('scripts/start/services/close-day.mjs');
  const closed = await closeDay(nightly);
  expect(closed).toContainEqual(expect.objectContaining({ tenant: 'globex', orders: 1 }));
  const orders = receiver.points('batch.orders', { 'tenant.id': 'globex' });
  expect(orders.map(({ value }) => value)).toEqual([1]);
  const days = receiver.points('batch.days.closed', { outcome: 'succeeded' });
  expect(days).toHaveLength(tenants.length);
  const task = { task: 'close-day' };
  const [run] = receiver.points('batch.runs', { ...task, outcome: 'succeeded' });
  expect(run?.value).toBe(1);
  const [success] = receiver.points('batch.last_success.time', task);
  expect(success?.value).toBeGreaterThan(Date.now() / 1_000 - 600);
}, 300_000);
