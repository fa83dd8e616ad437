import { startOtlpReceiver } from '@bellwether/testkit';
import { expect, test } from 'vitest';
import { completeWithSdk } from './run-with-sdk.ts';

test('stopped it measures nothing and leaves nothing behind, started again it counts once', async () => {
  const receiver = await startOtlpReceiver();
  const program = await completeWithSdk(receiver, {
    file: 'http-restart.mjs',
    imports: [],
  });
  expect(program.stdout.trim()).toBe('false');
  expect(receiver.spans({ kind: 'server' })).toHaveLength(2);
  expect(receiver.spans({ kind: 'client' })).toHaveLength(2);
  for (const name of ['http.server.request.duration', 'http.client.request.duration']) {
    const total = receiver.points(name).reduce((sum, { count }) => sum + (count ?? 0), 0);
    expect(total).toBe(2);
  }
  const routes = receiver
    .points('http.server.request.duration')
    .map(({ attributes }) => attributes['http.route']);
  expect(routes).toContain('/users/:id');
});
