import { once } from 'node:events';
import { connect } from 'node:net';
import { startOtlpReceiver } from '@bellwether/testkit';
import { expect, test } from 'vitest';
import { runWithSdk } from './run-with-sdk.ts';

const budget = 200;
const warmUp = 50_000;
const tenants = 100_000;
const rounds = 3;
const batch = 200;

/** One request for each tenant, pipelined on one connection: a client's own cost must not set the pace. */
async function serve(port: number, prefix: string, count: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  let answers = 0;
  let rest = '';
  for (let sent = 0; sent < count; sent += batch) {
    const requests = Array.from(
      { length: batch },
      (_, index) =>
        `GET /orders HTTP/1.1\r\nHost: shop\r\nX-Api-Key: ${prefix}-${sent + index}\r\n\r\n`,
    );
    socket.write(requests.join(''));
    while (answers < sent + batch) {
      const [chunk] = (await once(socket, 'data')) as [Buffer];
      const parts = (rest + chunk.toString('latin1')).split('HTTP/1.1 204 ');
      rest = (parts.at(-1) ?? '').slice(-16);
      answers += parts.length - 1;
    }
  }
  socket.destroy();
}

test('100,000 tenants by real requests: constant series, exact totals, no growth', {
  timeout: 180_000,
}, async () => {
  const receiver = await startOtlpReceiver();
  const program = runWithSdk(receiver, {
    file: 'http-many-tenants.mjs',
    nodeArgs: ['--expose-gc', '--max-semi-space-size=8', '--min-semi-space-size=8'],
    timeoutMs: 170_000,
    env: {
      BELLWETHER_TENANT_BUDGET: String(budget),
      OTEL_METRIC_EXPORT_INTERVAL: '1000',
      OTEL_TRACES_SAMPLER: 'traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0.01',
    },
  });
  const [, port = ''] = await program.waitForLine(/port (\d+)/);
  const memory = async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/memory`);
    return (await answer.json()) as NodeJS.MemoryUsage;
  };
  // The budget fills, the code is compiled, and V8's young generation takes its size.
  await serve(Number(port), 'warm', warmUp);
  // V8 maps and unmaps pages as it likes, and spans may be on their way when it is asked: a leak would show in every round, so the
  // smallest growth is judged. 1 MiB is ten bytes a tenant.
  const growth = { rss: Number.POSITIVE_INFINITY, heapUsed: Number.POSITIVE_INFINITY };
  for (let round = 0; round < rounds; round += 1) {
    const before = await memory();
    await serve(Number(port), `round-${round}`, tenants);
    const after = await memory();
    growth.rss = Math.min(growth.rss, after.rss - before.rss);
    growth.heapUsed = Math.min(growth.heapUsed, after.heapUsed - before.heapUsed);
  }
  program.kill('SIGTERM');
  expect(await program.exited, program.stderr).toEqual({ code: 0, signal: null });
  expect(program.stderr).toBe('');
  expect(growth.rss).toBeLessThan(5 * 1024 * 1024);
  expect(growth.heapUsed).toBeLessThan(1024 * 1024);

  const orders = receiver.points('shop.orders');
  expect(orders).toHaveLength(budget + 1);
  const other = orders.find(({ attributes }) => attributes['tenant.id'] === '__other__');
  expect(other?.value).toBe(warmUp + rounds * tenants - budget);
  const requests = receiver.points('http.server.request.duration', {
    'http.response.status_code': 204,
  });
  expect(requests).toHaveLength(budget + 1);
  expect(requests.reduce((sum, { count }) => sum + (count ?? 0), 0)).toBe(
    warmUp + rounds * tenants,
  );
  expect(receiver.points('bellwether.tenants.admitted').map(({ value }) => value)).toEqual([
    budget,
  ]);
});
