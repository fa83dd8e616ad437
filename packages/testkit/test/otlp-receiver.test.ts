import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { runProgram, startOtlpReceiver } from '../src/index.ts';

const file = fileURLToPath(new URL('programs/send-all-signals.mjs', import.meta.url));

describe.each([
  { flavour: 'proto', encoding: 'protobuf', compression: 'gzip' },
  { flavour: 'proto', encoding: 'protobuf', compression: 'none' },
  { flavour: 'http', encoding: 'json', compression: 'gzip' },
])('from the real exporter, $encoding, $compression', ({ flavour, encoding, compression }) => {
  test('every signal arrives with its exact numbers', async () => {
    const receiver = await startOtlpReceiver();
    const program = runProgram({
      file,
      args: [flavour],
      env: {
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
        OTEL_EXPORTER_OTLP_COMPRESSION: compression,
      },
    });
    const exit = await program.exited;
    expect(program.stderr).toBe('');
    expect(exit).toEqual({ code: 0, signal: null });
    expect(receiver.malformed).toEqual([]);
    expect(new Set(receiver.requests.map((request) => request.encoding))).toEqual(
      new Set([encoding]),
    );
    const used = receiver.requests[0]?.headers['content-encoding'];
    expect(used).toBe(compression === 'gzip' ? 'gzip' : undefined);

    const [paid, ...more] = receiver.points('orders', { status: 'paid' });
    expect(more).toEqual([]);
    expect(paid).toMatchObject({
      kind: 'sum',
      temporality: 'cumulative',
      monotonic: true,
      unit: '{order}',
      description: 'Orders',
      value: 5,
      attributes: { status: 'paid', retry: false },
      resource: { 'service.name': 'sender', 'service.replicas': 2 },
      scope: { name: 'scope', version: '1.2.3' },
    });
    expect(paid?.time).toBeGreaterThan(paid?.startTime ?? 0n);
    expect(paid?.startTime).toBeGreaterThan(1_700_000_000_000_000_000n);
    expect(receiver.history('orders', { status: 'paid' }).map(({ value }) => value)).toEqual([
      1, 5,
    ]);
    expect(receiver.points('orders')).toHaveLength(2);
    expect(receiver.points('ratio')).toMatchObject([{ kind: 'gauge', value: 0.25 }]);
    expect(receiver.points('duration')).toMatchObject([
      { count: 3, sum: 5.55, min: 0.05, max: 5, boundaries: [0.1, 1], buckets: [1, 1, 1] },
    ]);
    expect(receiver.points('size')).toMatchObject([
      { kind: 'exponentialHistogram', count: 2, sum: 4, zeroCount: 1, scale: 20 },
    ]);
    expect(receiver.points('size')[0]?.positive?.counts).toEqual([1]);

    const [, traceId] = /trace (\w+)/.exec(program.stdout) ?? [];
    const [parent] = receiver.spans({ name: 'parent' });
    expect(parent).toMatchObject({ kind: 'server', traceId, parentSpanId: undefined });
    expect(receiver.spans({ name: 'child' })).toMatchObject([
      {
        kind: 'internal',
        traceId,
        parentSpanId: parent?.spanId,
        attributes: { tags: ['a', 'b'], big: 7 },
        status: { code: 'error', message: 'broken' },
        events: [{ name: 'halfway', attributes: { percent: 50 } }],
        resource: { 'service.name': 'sender' },
      },
    ]);
    expect(receiver.logs()).toMatchObject([
      {
        body: { text: 'hello' },
        severityNumber: 9,
        severityText: 'INFO',
        attributes: { n: 1 },
        traceId: undefined,
      },
    ]);
  });
});

const oneCount = (asInt: string) => ({
  resourceMetrics: [
    {
      scopeMetrics: [
        {
          metrics: [{ name: 'n', sum: { dataPoints: [{ asInt }], aggregationTemporality: 2 } }],
        },
      ],
    },
  ],
});

async function post(url: string, body: string, timeoutMs = 5_000): Promise<number> {
  const response = await fetch(`${url}/v1/metrics`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    signal: AbortSignal.timeout(timeoutMs),
  });
  await response.text();
  return response.status;
}

test('an integer beyond 2^53 keeps its last digit', async () => {
  const receiver = await startOtlpReceiver();
  expect(await post(receiver.url, JSON.stringify(oneCount('9007199254740993')))).toBe(200);
  expect(receiver.points('n')[0]?.exact).toBe(9007199254740993n);
});

test('a body that is no OTLP is answered 400 and remembered', async () => {
  const receiver = await startOtlpReceiver();
  expect(await post(receiver.url, '{"resourceMetrics": [')).toBe(400);
  expect(receiver.malformed).toHaveLength(1);
  expect(receiver.metrics()).toEqual([]);
});

describe('an ill receiver', () => {
  const body = JSON.stringify(oneCount('1'));

  test('answers with the status it is told and keeps nothing', async () => {
    const receiver = await startOtlpReceiver();
    receiver.failWith(503);
    expect(await post(receiver.url, body)).toBe(503);
    expect(receiver.requests).toMatchObject([{ accepted: false, signal: 'metrics' }]);
    expect(receiver.points('n')).toEqual([]);
    receiver.failWith();
    expect(await post(receiver.url, body)).toBe(200);
    expect(receiver.points('n')).toHaveLength(1);
    receiver.clear();
    expect(receiver.points('n')).toEqual([]);
  });

  test('hangs, tears down, and is slow', async () => {
    const receiver = await startOtlpReceiver();
    receiver.failWith('hang');
    await expect(post(receiver.url, body, 100)).rejects.toMatchObject({ name: 'TimeoutError' });
    receiver.failWith('close');
    await expect(post(receiver.url, body)).rejects.toThrow('fetch failed');
    receiver.failWith({ slowMs: 60 });
    const start = performance.now();
    expect(await post(receiver.url, body)).toBe(200);
    expect(performance.now() - start).toBeGreaterThan(55);
  });

  test('closes with a request hanging, twice', async () => {
    const receiver = await startOtlpReceiver();
    receiver.failWith('hang');
    const hanging = post(receiver.url, body).catch(() => 'torn down');
    await receiver.waitForPoints('n', {}, () => true, { timeoutMs: 500 });
    await receiver.close();
    await receiver.close();
    expect(await hanging).toBe('torn down');
  });
});

test('waiting in vain says what arrived instead', async () => {
  const receiver = await startOtlpReceiver();
  await post(receiver.url, JSON.stringify(oneCount('1')));
  await expect(receiver.waitForPoints('m', {}, undefined, { timeoutMs: 50 })).rejects.toThrow(
    /Expected m \{\} within 50 ms, got .*metrics that arrived: n/,
  );
});
