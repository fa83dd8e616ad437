import { createServer } from 'node:net';
import { freePort, pollUntil, startOtlpReceiver } from '@bellwether/testkit';
import { expect, test } from 'vitest';
import { completeWithSdk, runWithSdk } from './run-with-sdk.ts';

/** What the application's log gets while nothing can be delivered. */
async function linesWith(url: string, env: Record<string, string>): Promise<string[]> {
  const receiver = await startOtlpReceiver();
  const program = await completeWithSdk(receiver, {
    file: 'sdk-steady.mjs',
    args: ['3000'],
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: url, BELLWETHER_FLUSH_TIMEOUT: '300', ...env },
  });
  expect(program.stdout).toBe('done\n');
  return program.stderr.trim().split('\n');
}

/** Many exports on their way at once, each with retries. */
const busy = {
  OTEL_METRIC_EXPORT_INTERVAL: '100',
  OTEL_BSP_SCHEDULE_DELAY: '50',
  OTEL_BLRP_SCHEDULE_DELAY: '50',
  OTEL_EXPORTER_OTLP_TIMEOUT: '1500',
};
const signals = ['traces', 'metrics', 'logs'];

test('no Collector: one line each signal and cause, whatever the intervals', async () => {
  const url = `http://user:s3cret@127.0.0.1:${await freePort()}`;
  const lines = await linesWith(url, busy);
  expect(lines.join('\n')).not.toMatch(/s3cret|stack|^\s+at /m);
  for (const signal of signals) {
    const own = lines.filter((line) => line.includes(`/v1/${signal} `)).sort();
    expect(own).toEqual([
      expect.stringMatching(
        /^bellwether error: export to \S+ failed: .*ECONNREFUSED.*ERR_EXPORT]$/,
      ),
      expect.stringMatching(
        /^bellwether error: the Collector is slow or down.*ERR_EXPORT_DROPPED]$/,
      ),
    ]);
  }
  expect(lines, lines.join('\n')).toHaveLength(2 * signals.length);
});

test('no Collector, intervals as they are: no more than one line a signal', async () => {
  const lines = await linesWith(`http://127.0.0.1:${await freePort()}`, {});
  expect(lines.length).toBeLessThanOrEqual(signals.length);
  for (const line of lines) expect(line).toMatch(/^bellwether error: export to .*ERR_EXPORT]$/);
});

test('a Collector that hangs: the same, with the time that was waited', async () => {
  const hung = createServer(() => {}).listen(0, '127.0.0.1');
  await pollUntil(() => hung.listening);
  const { port } = hung.address() as { port: number };
  const lines = await linesWith(`http://127.0.0.1:${port}`, busy);
  hung.close();
  expect(lines.filter((line) => line.includes('no answer within 1500 ms'))).toHaveLength(3);
  expect(lines, lines.join('\n')).toHaveLength(2 * signals.length);
});

test.each([400, 503] as const)('a Collector that answers %i', async (status) => {
  const ill = await startOtlpReceiver();
  ill.failWith(status);
  const lines = await linesWith(ill.url, busy);
  for (const signal of signals) {
    const [line, ...more] = lines.filter((text) => text.includes(`/v1/${signal} failed`));
    expect(line).toContain(`HTTP ${status}`);
    expect(more).toEqual([]);
  }
});

test('the last totals leave although earlier exports hang', async () => {
  const receiver = await startOtlpReceiver();
  receiver.failWith('hang');
  const program = runWithSdk(receiver, {
    file: 'sdk-steady.mjs',
    args: ['60000'],
    env: { OTEL_METRIC_EXPORT_INTERVAL: '100' },
  });
  await program.waitForLine(/2 exports to \S+ are on their way/);
  receiver.failWith();
  expect(receiver.points('steady.beats')).toEqual([]);
  program.kill('SIGTERM');
  expect(await program.exited).toEqual({ code: null, signal: 'SIGTERM' });
  expect(receiver.points('steady.beats')).toHaveLength(1);
});
