import { createServer } from 'node:net';
import { freePort, pollUntil, startOtlpReceiver } from '@bellwether/testkit';
import { expect, test } from 'vitest';
import { completeWithSdk } from './run-with-sdk.ts';

const file = 'sdk-endpoint.mjs';

test.each([
  { name: 'BELLWETHER_METRICS_PORT', env: {} },
  { name: 'OTEL_EXPORTER_PROMETHEUS_PORT', env: { OTEL_METRICS_EXPORTER: 'prometheus' } },
])('$name: the names of the Collector path', async ({ name, env }) => {
  const receiver = await startOtlpReceiver();
  const port = String(await freePort());
  const program = await completeWithSdk(receiver, {
    file,
    env: { ...env, [name]: port, OTEL_EXPORTER_PROMETHEUS_HOST: '127.0.0.1' },
  });
  const lines = program.stdout.split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      'shop_orders_placed_total{tenant_id="acme"} 3',
      'shop_checkout_duration_seconds_bucket{le="0.1"} 0',
      'shop_checkout_duration_seconds_bucket{le="1"} 1',
      'shop_checkout_duration_seconds_count 1',
      'shop_cart_size_bytes_count 1',
      'plain_share_ratio 0.5',
    ]),
  );
  const names = new Set(lines.map((line) => line.split(/[{ ]/)[0]));
  for (const expected of [
    'process_cpu_time_seconds_total',
    'process_memory_usage_bytes',
    'process_uptime_seconds',
    'nodejs_eventloop_utilization_ratio',
    'v8js_memory_heap_used_bytes',
    'target_info',
  ]) {
    expect(names).toContain(expected);
  }
  // A scrape is no request of the application.
  expect(program.stdout).not.toContain('http_server');
});

test('a port in use is one line, and the application goes on', async () => {
  const receiver = await startOtlpReceiver();
  const other = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await pollUntil(() => other.listening);
  const { port } = other.address() as { port: number };
  const program = await completeWithSdk(receiver, {
    file,
    env: { BELLWETHER_METRICS_PORT: String(port) },
  });
  other.close();
  expect(program.stderr.trim().split('\n')).toEqual([
    expect.stringContaining(`Expected a free port for /metrics, got 127.0.0.1:${port}`),
  ]);
  expect(receiver.points('shop.orders.placed')).toHaveLength(1);
});

test('port 0 takes a free one', async () => {
  const receiver = await startOtlpReceiver();
  const program = await completeWithSdk(receiver, { file, env: { BELLWETHER_METRICS_PORT: '0' } });
  expect(program.stderr).toBe('');
});
