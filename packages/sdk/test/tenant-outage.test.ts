import { pollUntil, startOtlpReceiver } from '@bellwether/testkit';
import { expect, test } from 'vitest';
import { runWithSdk } from './run-with-sdk.ts';

// 401 is not tried again, and right after a token that somebody had let expire.
test.each([503, 401] as const)(
  'a tenant keeps its place until its last values have arrived, also when a Collector answers %i for longer than its idle time',
  async (status) => {
    const receiver = await startOtlpReceiver();
    receiver.failWith(status);
    const program = runWithSdk(receiver, {
      file: 'tenant-outage.mjs',
      env: {
        BELLWETHER_TENANT_BUDGET: '1',
        BELLWETHER_TENANT_IDLE: '1',
        OTEL_METRIC_EXPORT_INTERVAL: '300',
        OTEL_EXPORTER_OTLP_TIMEOUT: '200',
      },
    });
    const outageMs = 3_000;
    let since: number | undefined;
    await pollUntil(() => {
      if (receiver.requests.length > 0) since ??= performance.now();
      return since !== undefined && performance.now() - since > outageMs;
    });
    receiver.failWith();
    const [point] = await receiver.waitForPoints('outage.work', { 'tenant.id': 'old' });
    expect(point?.value).toBe(5);
    // And then it gives it back.
    await receiver.waitForPoints('outage.work', { 'tenant.id': 'young' });
    program.kill('SIGTERM');
    expect(await program.exited).toEqual({ code: null, signal: 'SIGTERM' });
  },
);
