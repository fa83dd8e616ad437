import { type OtlpReceiver, startOtlpReceiver } from '@bellwether/testkit';
import { hasUnseen } from '@bellwether/testkit/fuzz';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OtlpTransport } from '../src/export/otlp-transport.ts';
import { hostileAnswers, startHostileServer } from './hostile-server.ts';
import { completeWithSdk } from './run-with-sdk.ts';

let nobody: OtlpReceiver;
beforeAll(async () => {
  nobody = await startOtlpReceiver();
});
afterAll(() => nobody.close());

/** Two exports of each signal in a short life, and its end. */
const environment = (url: string) => ({
  OTEL_METRIC_EXPORT_INTERVAL: '700',
  OTEL_BSP_SCHEDULE_DELAY: '200',
  OTEL_BLRP_SCHEDULE_DELAY: '200',
  OTEL_EXPORTER_OTLP_ENDPOINT: url,
  OTEL_EXPORTER_OTLP_TIMEOUT: '1500',
  BELLWETHER_FLUSH_TIMEOUT: '300',
});

describe.concurrent('a hostile Collector', () => {
  test.for(Object.entries(hostileAnswers))(
    '%s: the application lives its life, the log stays short and plain',
    async ([, { answer, tries }], { expect, onTestFinished }) => {
      const server = await startHostileServer(answer);
      onTestFinished(server.close);
      const program = await completeWithSdk(nobody, {
        file: 'hostile-collector.mjs',
        nodeArgs: ['--expose-gc'],
        env: environment(server.url),
      });
      const { heapMiB, answers, livedMs } = JSON.parse(program.stdout) as Report;
      expect(answers).toEqual(['one', 'two', 'three']);
      expect(heapMiB).toBeLessThan(64);
      expect(server.requests).toBeGreaterThanOrEqual(1);
      // On a busy machine it lives longer, and exports metrics more often.
      const more = Math.ceil(Math.max(0, livedMs - 2_500) / 700);
      expect(server.requests).toBeLessThanOrEqual((8 + more) * tries + 6);
      const lines = program.stderr.split('\n').filter((line) => line !== '');
      for (const line of lines) {
        expect(hasUnseen(line), JSON.stringify(line)).toBe(false);
        expect(line).toMatch(/^bellwether (warning|error): /);
        expect(line.length).toBeLessThan(2_100);
      }
      expect(lines.length).toBeLessThanOrEqual(9);
    },
  );
});

describe.concurrent('one export', () => {
  test.for(Object.entries(hostileAnswers))(
    '%s: ends in its time',
    async ([, { answer }], { expect, onTestFinished }) => {
      const server = await startHostileServer(answer);
      const transport = new OtlpTransport(
        {
          url: `${server.url}/v1/traces`,
          timeoutMs: 600,
          compression: 'none',
          headers: async () => ({}),
        } as never,
        undefined,
      );
      onTestFinished(() => {
        server.close();
        transport.close();
      });
      const began = performance.now();
      const { status } = await transport.send(Buffer.from('x'), () => new AbortController().signal);
      expect(status).toMatch(/success|retryable|failure/);
      expect(performance.now() - began).toBeLessThan(3_000);
    },
  );
});

interface Report {
  readonly heapMiB: number;
  readonly livedMs: number;
  readonly answers: readonly string[];
}

test('what a redirect names gets nothing', async ({ onTestFinished }) => {
  const other = await startHostileServer((socket) => socket.end());
  onTestFinished(other.close);
  const server = await startHostileServer((socket) =>
    socket.write(
      `HTTP/1.1 302 Found\r\nLocation: ${other.url}/v1/traces\r\nContent-Length: 0\r\n\r\n`,
    ),
  );
  onTestFinished(server.close);
  await completeWithSdk(nobody, {
    file: 'hostile-collector.mjs',
    env: environment(server.url),
  });
  expect(server.requests).toBeGreaterThanOrEqual(1);
  expect(other.requests).toBe(0);
});
