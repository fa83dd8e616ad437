import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pollUntil, postgresClients } from '@bellwether/testkit';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { processContext } from '../src/context.ts';
import { promQuery, type Stack, startStack } from '../src/index.ts';
import { runCli } from '../src/run-cli.ts';
import { counterMetric, sendMetrics } from './otlp-json.ts';

const services = ['postgres', 'prometheus', 'alertmanager', 'collector'] as const;
const PATIENCE = { timeoutMs: 90_000 };
// Servers are stopped and started in the tests, on machines that do other things too.
vi.setConfig({ testTimeout: 240_000 });

let folder: string;
let place: string;
let grafana: string;
let stack: Stack<(typeof services)[number]>;
let clients: string | undefined;
/** When everything had arrived, seconds since 1970. */
let asked: number;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bellwether-backup-'));
  place = join(folder, 'backups');
  grafana = join(folder, 'grafana', 'grafana.db');
  clients = await postgresClients();
  stack = await startStack({
    dataDir: join(folder, 'stack'),
    services,
    backups: true,
    prometheusTiming: { scrapeInterval: '1s', evaluationInterval: '1s', ruleQueryOffset: '1s' },
  });
  for (const [metric, value] of [
    ['tests.orders', 5],
    ['tests.visits', 70],
  ] as const) {
    await sendMetrics(stack.addresses.collectorHttp, [
      counterMetric({ name: metric, value, temporality: 'cumulative' }),
    ]);
  }
  await database('create table orders (id int primary key, tenant text, total int)');
  await database("insert into orders select n, 'acme', n * 3 from generate_series(1, 500) n");
  await silence('maintenance', 3_600);
  await silence('until tomorrow', 86_400);
  mkdirSync(join(folder, 'grafana'));
  const sqlite = new DatabaseSync(grafana);
  sqlite.exec("create table dashboard (title text); insert into dashboard values ('Shop')");
  sqlite.close();
  const there =
    'count(tests_orders_total) + count(tests_visits_total) + count(up{job="prometheus"})';
  await pollUntil(async () => (await promQuery(prometheus(), there))[0]?.value === 3, {
    ...PATIENCE,
    message: 'metrics in Prometheus',
  });
  asked = Date.now() / 1000;
}, 900_000);

afterAll(async () => {
  await stack?.stop({ volumes: true });
  rmSync(folder, { recursive: true, force: true });
});

const prometheus = () => stack.addresses.prometheus;

async function database(query: string): Promise<readonly object[]> {
  const client = new pg.Client(stack.addresses.postgres);
  await client.connect();
  try {
    return (await client.query(query)).rows;
  } finally {
    await client.end();
  }
}

async function silence(comment: string, seconds: number): Promise<void> {
  const answer = await fetch(`${stack.addresses.alertmanager}/api/v2/silences`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      matchers: [{ name: 'tenant_id', value: 'acme', isRegex: false, isEqual: true }],
      startsAt: new Date().toISOString(),
      endsAt: new Date(Date.now() + seconds * 1000).toISOString(),
      createdBy: 'ada',
      comment,
    }),
  });
  expect(answer.status).toBe(200);
}

async function silences(): Promise<readonly { id: string; comment: string; endsAt: string }[]> {
  const answer = await fetch(`${stack.addresses.alertmanager}/api/v2/silences`);
  const all = (await answer.json()) as {
    id: string;
    comment: string;
    endsAt: string;
    status: { state: string };
  }[];
  return all.filter(({ status }) => status.state === 'active');
}

/** What everybody would ask after a restore. */
async function answers(): Promise<unknown> {
  const at = { time: asked };
  const value = async (query: string) => (await promQuery(prometheus(), query, at))[0]?.value;
  const sqlite = new DatabaseSync(grafana, { readOnly: true });
  const boards = sqlite.prepare('select title from dashboard').all();
  sqlite.close();
  return {
    orders: await value('sum by (tenant_id) (tests_orders_total)'),
    visits: await value('sum(max_over_time(tests_visits_total[5m]))'),
    scraped: await value('count_over_time(up{job="prometheus"}[5m]) > bool 0'),
    silences: (await silences()).map(({ comment, endsAt }) => [comment, endsAt]).sort(),
    database: await database('select count(*)::int, sum(total)::int from orders'),
    boards: boards.map(({ title }) => title),
  };
}

async function bellwether(...args: readonly string[]) {
  const said: string[] = [];
  const errors: string[] = [];
  let code = 0;
  const context = processContext();
  await runCli(args, {
    ...context,
    env: { ...context.env, ...(clients !== undefined && { BELLWETHER_PG_BIN: clients }) },
    out: (text) => said.push(text),
    err: (text) => errors.push(text),
    setExitCode: (set) => {
      code = set;
    },
  });
  return { code, said: said.join('\n'), errors: errors.join('\n') };
}

/** pg_dump of the server's version is not to be had on every machine; what is said then is a test of its own. */
const parts = () => (clients === undefined ? ['--parts', 'prometheus,alertmanager,grafana'] : []);
const where = () => ['--data', join(folder, 'stack'), '--grafana-db', grafana, ...parts()];
const backup = (...more: string[]) => bellwether('backup', '--to', place, ...where(), ...more);
const restore = (...more: string[]) => bellwether('restore', '--from', place, ...where(), ...more);

const stored = () =>
  existsSync(place) ? readdirSync(place).filter((each) => each.startsWith('bellwether-')) : [];

test('the admin API is there for the token and for nobody else, on both sides of the guard', async () => {
  const path = '/api/v1/admin/tsdb/clean_tombstones';
  const status = async (origin: string, token?: string) =>
    (
      await fetch(origin + path, {
        method: 'POST',
        ...(token !== undefined && { headers: { authorization: `Bearer ${token}` } }),
      })
    ).status;
  const { ports } = JSON.parse(readFileSync(join(folder, 'stack/stack.json'), 'utf8'));
  const token = readFileSync(join(folder, 'stack/prometheus-admin-token'), 'utf8').trim();
  expect(await status(prometheus())).toBe(401);
  expect(await status(prometheus(), 'guess')).toBe(401);
  expect(await status(`http://127.0.0.1:${ports.prometheusInner}`)).toBe(401);
  expect(await status(prometheus(), token)).toBe(204);
});

test('a dry run asks every server and saves nothing', async () => {
  const { code, said, errors } = await backup('--dry-run');
  expect(code, errors).toBe(0);
  expect(said).toMatch(/^prometheus +Prometheus 3\./m);
  expect(said).toMatch(/^alertmanager +Alertmanager 0\./m);
  expect(existsSync(place)).toBe(false);
});

test('backup, wipe, restore: the same answers', async () => {
  const key = join(folder, 'key');
  expect((await bellwether('backup', 'key', '--out', key)).code).toBe(0);
  const before = await answers();
  expect(before).toMatchObject({ orders: 5, visits: 70, scraped: 1, boards: ['Shop'] });

  const made = await backup('--key', key, '--json');
  expect(made.code, made.errors).toBe(0);
  const [name = ''] = stored();
  expect(JSON.parse(made.said)).toMatchObject({ name, encrypted: true, verified: 'contents' });
  const data = join(folder, 'stack/prometheus/data');
  expect(existsSync(join(data, 'snapshots'))).toBe(false);
  expect(
    JSON.parse((await bellwether('backup', 'list', '--from', place, '--json')).said),
  ).toMatchObject([{ name }]);
  const verified = await bellwether('backup', 'verify', '--from', place, '--key', key);
  expect(verified.said, verified.errors).toContain(`${name}: well`);

  const running = await restore('--key', key, '--force');
  expect([running.code, running.errors]).toEqual([
    1,
    expect.stringContaining('ERR_RESTORE_TARGET'),
  ]);
  expect(running.errors).toContain('stop it first');
  await stopPrometheus();
  const full = await restore('--key', key);
  expect(full.errors).toMatch(/--force/);

  await spoilt(join(place, name), async () => {
    const refused = await restore('--key', key, '--force');
    expect([refused.code, refused.errors]).toEqual([1, expect.stringContaining('Expected')]);
  });
  await bellwether('backup', 'key', '--out', join(folder, 'other'));
  const wrong = await restore('--key', join(folder, 'other'), '--force');
  expect(wrong.errors).toContain('ERR_BACKUP_KEY');
  await startPrometheus();
  expect(await answers()).toEqual(before);

  await stopPrometheus();
  rmSync(data, { recursive: true });
  rmSync(grafana);
  for (const { id } of await silences()) {
    await fetch(`${stack.addresses.alertmanager}/api/v2/silence/${id}`, { method: 'DELETE' });
  }
  if (clients !== undefined) await database('drop table orders');
  const restored = await restore('--key', key);
  expect(restored.code, restored.errors).toBe(0);
  expect(restored.said).toContain('2 silences');
  await startPrometheus();
  expect(await answers()).toEqual(before);

  await stopPrometheus();
  if (clients !== undefined) await database('update orders set total = 0');
  const again = await restore('--key', key, '--force');
  expect(again.code, again.errors).toBe(0);
  expect(again.said).toContain('0 silences');
  await startPrometheus();
  expect(await answers()).toEqual(before);
  expect(readdirSync(data).filter((each) => each.startsWith('.restore'))).toEqual([]);
});

test('an older pg_dump is refused by name', async () => {
  const old = join(folder, 'old');
  mkdirSync(old);
  writeFileSync(join(old, 'pg_dump'), '#!/bin/sh\necho "pg_dump (PostgreSQL) 9.6.1"\n', {
    mode: 0o755,
  });
  clients = old;
  const before = stored();
  const { code, errors } = await bellwether(
    'backup',
    '--to',
    place,
    '--data',
    join(folder, 'stack'),
  );
  expect([code, errors]).toEqual([1, expect.stringContaining('ERR_POSTGRES_CLIENT')]);
  expect(errors).toMatch(/Expected pg_dump of PostgreSQL 18 or newer, got .*9\.6\.1/);
  expect(stored()).toEqual(before);
});

/** `prometheus-guard` is no name that a caller may choose, but it is a service of this stack. */
const guard = 'prometheus-guard' as 'prometheus';
async function stopPrometheus(): Promise<void> {
  await stack.stopService(guard);
  await stack.stopService('prometheus');
}
async function startPrometheus(): Promise<void> {
  await stack.startService('prometheus');
  await stack.startService(guard);
}

async function spoilt(file: string, look: () => Promise<void>): Promise<void> {
  const whole = readFileSync(file);
  try {
    for (const change of [
      whole.subarray(0, whole.length - 1_000),
      Buffer.from(whole).fill(0, 9_000, 9_010),
    ]) {
      writeFileSync(file, change);
      await look();
    }
  } finally {
    writeFileSync(file, whole);
  }
}
