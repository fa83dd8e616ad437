import { pollUntil, startOtlpReceiver } from '@bellwether/testkit';
import { expect, test } from 'vitest';
import { runWithSdk } from './run-with-sdk.ts';

test('the requests of the exporters are not measured', async () => {
  const receiver = await startOtlpReceiver();
  const program = runWithSdk(receiver, {
    file: 'http-back.mjs',
    env: {
      OTEL_METRIC_EXPORT_INTERVAL: '100',
      OTEL_METRIC_EXPORT_TIMEOUT: '100',
      OTEL_BSP_SCHEDULE_DELAY: '50',
    },
  });
  const [, port] = await program.waitForLine(/port (\d+)/);
  const count = (signal: string) =>
    receiver.requests.filter((request) => request.signal === signal).length;
  await pollUntil(
    async () => {
      await fetch(`http://127.0.0.1:${port}/`);
      return count('metrics') > 5 && count('traces') > 3;
    },
    { message: 'several exports' },
  );
  program.kill();
  await program.exited;
  expect(receiver.points('http.server.request.duration').length).toBeGreaterThan(0);
  expect(receiver.points('http.client.request.duration')).toEqual([]);
  expect(receiver.spans({ kind: 'client' })).toEqual([]);
});
