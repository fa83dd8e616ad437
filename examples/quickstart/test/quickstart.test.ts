import { fileURLToPath } from 'node:url';
import { runProgram, startOtlpReceiver } from '@bellwether/testkit';
import { expect, test } from 'vitest';

test('two orders of two tenants arrive as the README says', async () => {
  const receiver = await startOtlpReceiver();
  const app = runProgram({
    file: 'app.js',
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    imports: ['@bellwether/sdk/register'],
    env: { PORT: '0', OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url },
  });
  const [, address] = await app.waitForLine(/listens on (http:\S+)/);
  const order = async (key: string, query = '') => {
    const headers = { 'x-api-key': key };
    return (await fetch(`${address}/orders${query}`, { method: 'POST', headers })).status;
  };
  expect(await order('key-of-acme')).toBe(201);
  expect(await order('key-of-globex', '?card=stolen')).toBe(201);
  expect(await order('a guess')).toBe(401);
  app.kill('SIGTERM');
  expect(await app.exited).toEqual({ code: null, signal: 'SIGTERM' });

  const orders = receiver
    .points('quickstart.orders')
    .map(({ attributes, value }) => ({ ...attributes, value }));
  expect(orders).toHaveLength(2);
  expect(orders).toContainEqual({ 'tenant.id': 'acme', status: 'paid', value: 1 });
  expect(orders).toContainEqual({ 'tenant.id': 'globex', status: 'declined', value: 1 });
  for (const tenant of ['acme', 'globex']) {
    const [point] = receiver.points('http.server.request.duration', {
      'tenant.id': tenant,
      'http.route': '/orders',
    });
    expect(point?.count, tenant).toBe(1);
  }
});
