import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createClient } from 'redis';
import { prepareDatabase } from '../../examples/shop/dist/database/index.js';
import { runTraffic } from '../../examples/shop/dist/traffic/index.js';
import {
  freePort,
  pollUntil,
  startPostgres,
  startRedis,
} from '../../packages/testkit/dist/index.js';
import { startNodeProcess } from '../start/node-process.mjs';
import { sendPlantedRequests } from './planted-requests.mjs';
import { startSink } from './sink.mjs';

const otherLibraries = fileURLToPath(new URL('other-libraries.mjs', import.meta.url));
const signals = ['traces', 'metrics', 'logs'];

/** Runs everything with the planted secrets and gives the surfaces: what left, by where. */
export async function runPlantedShop({ planted, seconds, say }) {
  const folder = mkdtempSync(join(tmpdir(), 'scan-secrets-'));
  const running = [];
  const run = async (start) => {
    const it = await start;
    running.unshift(it);
    return it;
  };
  try {
    say('PostgreSQL, Redis, and a sink that keeps what leaves ...');
    const sink = await run(startSink());
    const postgres = await run(startPostgres());
    const redis = await run(startRedis());
    const { tenants } = await prepareDatabase(postgres.url);
    const file = (name, text) => {
      writeFileSync(join(folder, name), text, { mode: 0o600 });
      return join(folder, name);
    };
    const place = await placeOf({ planted, postgres, redis, sink });

    say('The shop and its notification service, full of secrets ...');
    const problems = [];
    const common = { logFolder: folder, onExit: (problem) => problems.push(problem) };
    const shop = await run(
      startNodeProcess({
        ...common,
        name: 'shop',
        program: 'dist/server.js',
        environment: { ...place.environment, ...shopEnvironment({ planted, place, sink }) },
      }),
    );
    const notifications = await run(
      startNodeProcess({
        ...common,
        name: 'notifications',
        program: 'dist/notification-server.js',
        environment: { ...place.environment, ...notificationFiles({ planted, sink, file }) },
      }),
    );

    say(`Planted requests, and visitors for ${seconds} s ...`);
    let requests = await sendPlantedRequests({ address: shop.address, tenants, planted });
    await runTraffic({
      target: shop.address,
      tenants,
      ratePerSecond: 20,
      durationSeconds: seconds,
      seed: 1,
    });
    requests += await sendPlantedRequests({ address: shop.address, tenants, planted });
    await sendAlert({ address: notifications.address, planted });
    await pollUntil(() => sink.bodiesOf(chatPath(planted)).length > 0, { timeoutMs: 30_000 });
    const scraped = await (await fetch(`http://127.0.0.1:${place.metricsPort}/metrics`)).text();

    say('Other libraries, and a program that dies of a secret ...');
    const { code, stderr } = await runOtherLibraries({ planted, place, sink });
    if (code !== 1)
      throw new Error(`Expected the program to die of its error, got ${code}: ${stderr}`);

    for (const each of [notifications, shop]) await each.stop();
    if (problems.length > 0) throw new Error(problems.join('; '));
    const printed = ['shop', 'notifications'].map((name) =>
      readFileSync(join(folder, `${name}.log`)),
    );
    const surfaces = [
      ...signals.map((signal) => surface(`OTLP ${signal}`, sink.bodiesOf(`/v1/${signal}`))),
      surface('/metrics', [Buffer.from(scraped)]),
      // What Node.js itself prints of an uncaught error is the application's own.
      surface('stdout and stderr', [...printed, Buffer.from(linesOfSdk(stderr))]),
      surface('notification', sink.bodiesOf(chatPath(planted))),
    ];
    return { surfaces, requests };
  } finally {
    for (const each of running) await Promise.resolve(each.stop()).catch(() => {});
    rmSync(folder, { recursive: true, force: true });
  }
}

function surface(name, buffers) {
  const content = Buffer.concat(buffers.flatMap((buffer) => [buffer, Buffer.from('\n')]));
  return { name, texts: buffers.length, bytes: content.length, content };
}

function linesOfSdk(stderr) {
  const ours = stderr.split('\n').filter((line) => /^bellwether|"msg":"bellwether/.test(line));
  return ours.join('\n');
}

/** Where everything is, with a password in every address, and what all programs are told. */
async function placeOf({ planted: { of, canary }, postgres, redis, sink }) {
  const client = await createClient({ url: redis.url }).connect();
  await client.configSet('requirepass', of('Redis password'));
  await client.close();
  const withPassword = (address, user, password) => {
    const url = new URL(address);
    url.username = user;
    url.password = password;
    return url.href;
  };
  const postgresUrl = withPassword(
    postgres.url,
    new URL(postgres.url).username,
    of('database password'),
  );
  const redisUrl = withPassword(redis.url, 'default', of('Redis password'));
  return {
    postgresUrl,
    redisUrl,
    metricsPort: await freePort(),
    environment: {
      DATABASE_URL: postgresUrl,
      REDIS_URL: redisUrl,
      PAYMENTS_API_KEY: of('variable'),
      AWS_SECRET_ACCESS_KEY: of('variable'),
      OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
      OTEL_EXPORTER_OTLP_HEADERS: `authorization=Bearer ${of('header of exports')}`,
      OTEL_RESOURCE_ATTRIBUTES: `service.namespace=${canary}`,
      OTEL_METRIC_EXPORT_INTERVAL: '500',
      OTEL_TRACES_SAMPLER: 'always_on',
      OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SERVER_REQUEST: 'authorization,cookie,x-api-key',
    },
  };
}

function shopEnvironment({ planted: { of, canary }, place, sink }) {
  return {
    OTEL_SERVICE_NAME: `shop-${canary}`,
    JWT_SECRET: of('JWT secret'),
    SHOP_ADMIN_TOKEN: of('admin token'),
    SHOP_PAYMENT_URL: `${sink.url}/payments`,
    BELLWETHER_METRICS_PORT: String(place.metricsPort),
  };
}

const chatPath = ({ of }) => `/services/${of('chat address')}`;

function notificationFiles({ planted, sink, file }) {
  const plan = {
    channels: { chat: { kind: 'slack', urlFile: file('chat', sink.url + chatPath(planted)) } },
    routes: [{ channels: ['chat'] }],
  };
  const token = file('token', planted.of('notification token'));
  return {
    OTEL_SERVICE_NAME: 'notifications',
    NOTIFICATIONS_TOKEN_FILE: token,
    NOTIFICATIONS_READ_TOKEN_FILE: file('read-token', 'a-token-to-read-that-is-another-one'),
    NOTIFICATIONS_CHANNELS_FILE: file('channels.json', JSON.stringify(plan)),
  };
}

/** As Alertmanager does. */
async function sendAlert({ address, planted: { of, canary } }) {
  const alert = {
    status: 'firing',
    labels: { alertname: 'Planted', severity: 'critical', team: 'platform' },
    annotations: { summary: canary },
    startsAt: new Date().toISOString(),
    endsAt: '0001-01-01T00:00:00Z',
    generatorURL: 'http://prometheus/graph',
    fingerprint: 'c0ffee',
  };
  const answer = await fetch(new URL('/api/v1/alerts', address), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${of('notification token')}`,
    },
    body: JSON.stringify({
      ...{ receiver: 'notifications', status: 'firing', alerts: [alert], version: '4' },
      ...{ groupLabels: {}, commonLabels: {}, commonAnnotations: {}, truncatedAlerts: 0 },
      ...{ externalURL: 'http://alertmanager', groupKey: '{}:{alertname="Planted"}' },
    }),
  });
  if (!answer.ok) throw new Error(`Expected the alert to be taken, got HTTP ${answer.status}`);
}

async function runOtherLibraries({ planted, place, sink }) {
  const child = spawn(
    process.execPath,
    [
      '--import',
      '@bellwether/sdk/register',
      otherLibraries,
      `--password=${planted.of('argument')}`,
    ],
    {
      cwd: fileURLToPath(new URL('../../examples/shop', import.meta.url)),
      env: { ...process.env, ...place.environment, OTEL_SERVICE_NAME: 'others' },
      stdio: ['pipe', 'ignore', 'pipe'],
    },
  );
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  child.stdin.end(
    JSON.stringify({
      secrets: Object.fromEntries(planted.secrets.map(({ kind, value }) => [kind, value])),
      canary: planted.canary,
      postgresUrl: place.postgresUrl,
      redisUrl: place.redisUrl,
      sinkUrl: sink.url,
    }),
  );
  const timer = setTimeout(() => child.kill('SIGKILL'), 60_000);
  const code = await new Promise((resolve) => child.once('close', resolve));
  clearTimeout(timer);
  return { code, stderr };
}
