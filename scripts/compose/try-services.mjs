import { poll } from '../start/poll.mjs';
import { askPrometheus, ordersInPostgres } from './ask.mjs';
import { timedRows } from './timed-rows.mjs';

const never = new AbortController().signal;
const seconds = 240;
const files = ['-f', 'compose.yaml', '-f', 'compose.services.yaml'];
const gateway = 'http://127.0.0.1:3001';
const chat = 'http://127.0.0.1:3002';
/** By service, tenants of requests that were refused: those that the trial makes. Customers of the gateway are refused something too. */
const believed = ['chat: insider', 'chat: none', 'gateway: none'];

/** What must be as many as paid orders, by tenant. */
const perOrder = {
  'commerce_orders_total{status="paid"}': 'orders, counted by the shop',
  'messaging_jobs_total{outcome="succeeded"}': 'jobs, by the worker',
  'notifications_confirmations_total{outcome="sent"}':
    'confirmations, by the notification service: the tenant came by baggage',
};

/**
 * compose.services.yaml over compose.yaml: what customers do at the gateway reaches every service, with its tenant, and a visitor who claims one is not
 * believed. `traffic(seconds, target)` orders. Gives `{ rows, containers }` as tryScale does.
 */
export async function tryServices({ docker, compose }, { image, traffic }) {
  const stack = (...args) => compose(...files, ...args);
  const { rows, row } = timedRows();
  await compose('down');
  await stack(
    ...['--progress', 'quiet', 'build'],
    ...['--build-arg', 'PACKED=bellwether/packed-services:e2e', 'gateway'],
  );
  await row('docker compose up --wait', async () => {
    await stack('up', '-d', '--no-build', '--wait');
    return { seen: 'all healthy', ok: true };
  });
  const before = await ordersInPostgres(stack);
  const since = Math.floor(Date.now() / 1_000);
  await row('30 s of customers at the gateway', async () => {
    const keys = await traffic(30, gateway);
    return { seen: `${keys} tenants`, ok: keys > 0 };
  });
  const ordered = differenceOf(await ordersInPostgres(stack), before);
  await row('orders in PostgreSQL', async () => ({
    seen: JSON.stringify(ordered),
    ok: Object.keys(ordered).length > 0,
  }));
  for (const [series, what] of Object.entries(perOrder))
    await row(what, () => until(() => sinceThen(series), JSON.stringify(ordered)));
  await row('orders of a day, added up by docker compose run batch', async () => {
    // By itself it closes yesterday, in which there was nothing.
    const since = `BATCH_SINCE=${new Date(Date.now() - 86_400_000).toISOString()}`;
    const lines = (await stack('run', '--rm', '-T', '-e', since, 'batch')).split('\n').map(parsed);
    const all = lines.filter(Boolean).map(({ tenant, orders }) => [tenant, orders]);
    await stack('up', '-d', '--no-build', '--wait');
    return until(() => sinceThen('batch_orders_total'), JSON.stringify(Object.fromEntries(all)));
  });
  await row(
    'tenants that baggage names, of a visitor (intruder) and of a neighbour (insider)',
    claimed,
  );
  const plain = (await compose('config', '--services')).split('\n');
  const added = (await stack('config', '--services'))
    .split('\n')
    .filter((name) => !plain.includes(name));
  const ids = (await stack('ps', '-q', ...added)).split('\n');
  const containers = JSON.parse(await docker('inspect', ...ids));
  await stack('down');
  return { rows, containers };

  /** The same header from outside, which is a claim, and from the services' own network, which is believed. */
  async function claimed() {
    const headers = { baggage: 'tenant.id=intruder' };
    for (const origin of [gateway, chat])
      await (await fetch(`${origin}/claimed`, { headers })).arrayBuffer();
    await docker(
      ...['run', '--rm', '--network', 'bellwether_app', image, 'wget', '-q', '-O', '-'],
      ...['--header', 'baggage: tenant.id=insider', 'http://chat.app:8080/claimed'],
    ).catch(() => undefined);
    const asked = `count by (service_name, tenant_id) (http_server_request_duration_seconds_count{service_name=~"gateway|chat",http_response_status_code=~"401|404"})`;
    let found = [];
    const counted = await poll(seconds, never, async () => {
      found = (await askPrometheus(stack, asked)).map(
        ({ metric }) => `${metric.service_name}: ${metric.tenant_id ?? 'none'}`,
      );
      return believed.every((each) => found.includes(each));
    });
    const ok = counted && !found.some((each) => each.includes('intruder'));
    return { seen: found.toSorted().join(', '), ok };
  }

  /** By tenant: the last word of every process since then, which counts from nothing. */
  async function sinceThen(series) {
    const window = `${Math.ceil(Date.now() / 1_000) - since}s`;
    const found = await askPrometheus(
      stack,
      `sum by (tenant_id) (last_over_time(${series}[${window}])) > 0`,
    );
    const entries = found.map(({ metric, value }) => [metric.tenant_id, Number(value[1])]);
    return JSON.stringify(Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1))));
  }
}

async function until(ask, expected) {
  let seen = '';
  const ok = await poll(seconds, never, async () => {
    seen = await ask();
    return seen === expected;
  });
  return { seen: ok ? seen : `${seen} and not ${expected}`, ok };
}

function differenceOf(now, before) {
  return Object.fromEntries(
    Object.entries(now)
      .map(([tenant, count]) => [tenant, count - (before[tenant] ?? 0)])
      .filter(([, count]) => count > 0),
  );
}

function parsed(line) {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
