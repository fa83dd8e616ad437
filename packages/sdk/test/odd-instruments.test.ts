import { pollUntil, startOtlpReceiver } from '@bellwether/testkit';
import { expect, test } from 'vitest';
import { runWithSdk } from './run-with-sdk.ts';

test.concurrent.each(['name', 'callback'])(
  'an instrument of the plain API with an odd %s costs no other metric',
  async (odd) => {
    const receiver = await startOtlpReceiver();
    const program = runWithSdk(receiver, {
      file: 'odd-instruments.mjs',
      env: { ODD: odd, OTEL_METRIC_EXPORT_INTERVAL: '300' },
    });
    try {
      await pollUntil(
        () => ['odd.work', 'odd.plain'].every((name) => receiver.points(name).length > 0),
        { timeoutMs: 60_000, message: `both metrics; the program says: ${program.stderr}` },
      );
      // And again: nothing hangs behind the first export.
      const before = receiver.history('odd.work').length;
      await pollUntil(() => receiver.history('odd.work').length > before + 2, {
        timeoutMs: 60_000,
      });
      expect(receiver.points('odd.work')[0]?.value).toBe(3);
    } finally {
      program.kill('SIGKILL');
      await program.exited;
    }
  },
);
