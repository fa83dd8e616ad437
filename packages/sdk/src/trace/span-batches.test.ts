import { decodeOtlp } from '@bellwether/testkit';
import { context, DiagLogLevel, diag, type Link, type SpanContext } from '@opentelemetry/api';
import type { ExportResult } from '@opentelemetry/core';
import { isTracingSuppressed } from '@opentelemetry/core';
import { type Resource, resourceFromAttributes } from '@opentelemetry/resources';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SpanBatches } from './span-batches.ts';
import { withDefaults } from './span-limits.ts';
import { TracerProvider } from './tracer-provider.ts';

const plain = resourceFromAttributes({ 'service.name': 'test' });
const ok: ExportResult = { code: 0 };

function start(
  answer: ExportResult = ok,
  resource: Resource = plain,
  options: { maxQueueSize?: number; maxExportBatchSize?: number } = {},
) {
  const batches: string[][] = [];
  const suppressed: boolean[] = [];
  const spans = new SpanBatches(
    resource,
    {
      export: ({ body }, done) => {
        suppressed.push(isTracingSuppressed(context.active()));
        batches.push(namesIn(body));
        done(answer);
      },
      forceFlush: async () => {},
      shutdown: async () => {},
    },
    { maxQueueSize: 8, maxExportBatchSize: 4, scheduledDelayMillis: 5_000, ...options },
  );
  const sampler = { followsParent: true, share: 1 };
  const shared = { resource, sampler, limits: withDefaults({}), batches: spans };
  const provider = new TracerProvider(shared);
  const end = (count: number, scope = 'test') => {
    for (let i = 0; i < count; i++) provider.getTracer(scope).startSpan(`${scope} ${i}`).end();
  };
  return { batches, spans, provider, end, suppressed };
}

function namesIn(body: Uint8Array): string[] {
  const { resourceSpans } = decodeOtlp('traces', 'protobuf', body);
  return resourceSpans.flatMap(({ scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) => spans.map(({ name }) => name)),
  );
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
const said: string[] = [];

beforeEach(() => {
  const say = (message: string) => void said.push(message);
  const logger = { error: say, warn: say, info: say, debug: say, verbose: say };
  diag.setLogger(logger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
});
afterEach(() => {
  diag.disable();
  said.length = 0;
  vi.useRealTimers();
});

test('a batch leaves when it is full, the rest after the delay', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { batches, end } = start();
  end(4);
  expect(batches).toHaveLength(1);
  await turn();
  end(2);
  end(1, 'other');
  vi.advanceTimersByTime(4_999);
  expect(batches).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(batches[1]).toEqual(['test 0', 'test 1', 'other 0']);
  await turn();
  vi.advanceTimersByTime(60_000);
  expect(batches).toHaveLength(2);
});

test('as many wait as the queue holds; more are dropped, counted and said', async () => {
  const { batches, end, spans } = start();
  // In one turn of the event loop the first batch leaves, eight wait.
  end(15);
  expect(batches).toHaveLength(1);
  expect(spans.unsent()).toHaveLength(2);
  await turn();
  expect(batches.map(({ length }) => length)).toEqual([4, 4, 4]);
  end(1);
  expect(said).toEqual(['Dropped 3 spans because maxQueueSize reached']);
  await spans.shutdown();
});

test('what was refused is said, and the next batch leaves', async () => {
  const { batches, end } = start({ code: 1, error: new Error('too many') });
  end(8);
  await turn();
  expect(batches).toHaveLength(2);
  expect(said).toEqual([expect.stringContaining('too many'), expect.stringContaining('too many')]);
});

test('a span that can not be written is left out and said; the application and the other spans go on', async () => {
  const { batches, end, provider, spans } = start();
  const tracer = provider.getTracer('test');
  const id = { traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: 1 };
  end(1);
  tracer
    .startSpan('a link to nothing')
    .addLink({} as Link)
    .end();
  const read = JSON.parse(JSON.stringify({ ...id, traceState: 'a=b' })) as SpanContext;
  tracer.startSpan('a link out of a job', { links: [{ context: read }] }).end();
  tracer.startSpan(Object.create(null) as string).end();
  end(1);
  await provider.forceFlush();
  expect(batches).toEqual([['test 0', 'test 0']]);
  expect(spans).toMatchObject({ waiting: 0, processed: 2, lost: 0, unwritable: 3 });
  expect(said).toHaveLength(3);
});

test('a flush takes everything, an end lets nothing in', async () => {
  const { batches, end, spans, provider } = start();
  end(7);
  await provider.forceFlush();
  expect(batches.flat()).toHaveLength(7);
  expect(spans.unsent()).toEqual([]);
  end(1);
  await provider.shutdown();
  end(1);
  await provider.forceFlush();
  expect(batches.flat()).toHaveLength(8);
});

test('a flush that is refused rejects', async () => {
  const { end, provider } = start({ code: 1, error: new Error('too many') });
  end(1);
  await expect(provider.forceFlush()).rejects.toThrow('too many');
});

test('what is unsent can be read, and still leaves', async () => {
  const { batches, end, spans, provider } = start();
  end(3);
  expect(spans.unsent().map(({ body }) => namesIn(body))).toEqual([['test 0', 'test 1', 'test 2']]);
  await provider.forceFlush();
  expect(batches.flat()).toHaveLength(3);
});

test('a batch waits for attributes of the resource', async () => {
  let settle = (_: string) => {};
  const late = new Promise<string>((resolve) => {
    settle = resolve;
  });
  const { batches, end } = start(ok, resourceFromAttributes({ late }));
  end(5);
  await turn();
  expect(batches).toEqual([]);
  settle('now');
  await turn();
  expect(batches.flat()).toHaveLength(5);
});

test('a batch larger than the queue is as large as the queue', async () => {
  const { batches, end } = start(ok, plain, { maxQueueSize: 2 });
  expect(said[0]).toContain('maxExportBatchSize must be smaller');
  end(2);
  expect(batches).toHaveLength(1);
});
