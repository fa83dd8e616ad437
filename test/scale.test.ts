import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { decodeOtlp, runProgram } from '@bellwether/testkit';
import { expect, test, vi } from 'vitest';
import { root } from './support/repository.ts';

vi.setConfig({ testTimeout: 120_000 });

test.each([
  [['--what'], /--what/],
  [['--only', 'cost,flood'], /Expected --only to name parts \(fault, cost, size\), got flood\./],
])('npm run scale %s is refused', async (args, message) => {
  const program = runProgram({ file: 'scripts/scale.mjs', args, cwd: root, timeoutMs: 110_000 });
  expect(await program.exited).toEqual({ code: 2, signal: null });
  expect(program.stderr).toMatch(message);
});

interface Payload {
  readonly bytes: Uint8Array;
  at(ms: number, value: number): void;
}

test('the bytes of the load are OTLP, and each time carries its own time and value', async () => {
  const file = pathToFileURL(join(root, 'scripts/scale/otlp-payload.mjs')).href;
  const { otlpPayload } = (await import(file)) as {
    otlpPayload(what: object): Payload;
  };
  const payload = otlpPayload({
    resource: { 'service.instance.id': 'one' },
    name: 'scale.load',
    unit: '{thing}',
    points: [{ 'tenant.id': 'a' }, { 'tenant.id': 'b', 'http.route': '/x' }],
    startMs: 1_000,
  });
  for (const [ms, value] of [
    [2_000, 1],
    [1_795_286_513_809, 300_000],
  ] as const) {
    payload.at(ms, value);
    const { resourceMetrics } = decodeOtlp('metrics', 'protobuf', payload.bytes);
    const [metric] = resourceMetrics?.[0]?.scopeMetrics?.[0]?.metrics ?? [];
    expect(metric?.sum?.dataPoints).toMatchObject([
      {
        timeUnixNano: BigInt(ms) * 1_000_000n,
        asInt: BigInt(value),
        attributes: [{ key: 'tenant.id' }],
      },
      {
        timeUnixNano: BigInt(ms) * 1_000_000n,
        asInt: BigInt(value),
        attributes: [{ key: 'tenant.id' }, { key: 'http.route', value: { stringValue: '/x' } }],
      },
    ]);
  }
});
