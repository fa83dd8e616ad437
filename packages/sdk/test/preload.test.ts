import { startOtlpReceiver } from '@bellwether/testkit';
import { describe, expect, test } from 'vitest';
import { completeWithSdk, nodes } from './run-with-sdk.ts';

describe.each(nodes)('%s', (node) => {
  test.each(['sdk-hello.mjs', 'sdk-hello.cjs'])('%s: five lines and one flag', async (file) => {
    const receiver = await startOtlpReceiver();
    const program = await completeWithSdk(receiver, { file, node });
    expect(program.stderr).toBe('');
    expect(receiver.malformed).toEqual([]);
    const [point] = receiver.points('hello.greetings');
    expect(point).toMatchObject({
      value: 1,
      unit: '{greeting}',
      temporality: 'cumulative',
      scope: { name: 'hello' },
    });
    expect(new Set(receiver.requests.map(({ encoding }) => encoding))).toEqual(
      new Set(['protobuf']),
    );
  });
});

test('one line at start, on stderr', async () => {
  const receiver = await startOtlpReceiver();
  const program = await completeWithSdk(receiver, {
    file: 'sdk-hello.mjs',
    env: { BELLWETHER_PREAMBLE: undefined, OTEL_EXPORTER_OTLP_HEADERS: 'authorization=s3cret' },
  });
  expect(program.stdout).toBe('');
  expect(program.stderr).not.toContain('s3cret');
  expect(JSON.parse(program.stderr)).toMatchObject({
    msg: 'bellwether started',
    resource: { 'service.name': 'test' },
    config: { OTEL_EXPORTER_OTLP_HEADERS: '[redacted]' },
  });
  expect(receiver.requests[0]?.headers.authorization).toBe('s3cret');
});

test.each([{ BELLWETHER_ENABLED: 'false' }, { OTEL_SDK_DISABLED: 'true' }])(
  'switched off by %o',
  async (env) => {
    const receiver = await startOtlpReceiver();
    const program = await completeWithSdk(receiver, { file: 'sdk-hello.mjs', env });
    expect(program.stderr).toBe('');
    expect(receiver.requests).toEqual([]);
  },
);

test('wrong settings are one line each, and the defaults are used', async () => {
  const receiver = await startOtlpReceiver();
  const program = await completeWithSdk(receiver, {
    file: 'sdk-hello.mjs',
    env: {
      BELLWETHER_TENANT_BUDGET: 'plenty',
      BELLWETHER_FLUSH_TIMEOUT: '-1',
      OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: 'delta',
      OTEL_EXPORTER_OTLP_COMPRESSION: 'brotli',
      OTEL_TRACES_SAMPLER: 'sometimes',
      OTEL_METRIC_EXPORT_INTERVAL: 'often',
    },
  });
  const lines = program.stderr.trim().split('\n');
  expect(lines).toHaveLength(6);
  for (const line of lines) expect(line).toMatch(/^bellwether: Expected .+ to be .+, got ".+"; .+/);
  expect(lines.join('\n')).toContain(
    'Expected OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE to be cumulative, got "delta"; cumulative is used.',
  );
  const temporalities = receiver.metrics().map(({ temporality }) => temporality);
  expect(temporalities.length).toBeGreaterThan(5);
  expect(temporalities).not.toContain('delta');
});
