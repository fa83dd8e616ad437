import { decodeOtlp } from '@bellwether/testkit';
import { fuzz } from '@bellwether/testkit/fuzz';
import {
  type Attributes,
  context,
  createTraceState,
  DiagLogLevel,
  diag,
  type Link,
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  type SpanOptions,
  type TimeInput,
  type TracerProvider as TracerProviderApi,
  trace,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { type Resource, resourceFromAttributes } from '@opentelemetry/resources';
import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  type SpanLimits,
  TracerProvider as UpstreamProvider,
} from '@opentelemetry/sdk-trace';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as ids from './ids.ts';
import { SpanBatches } from './span-batches.ts';
import { withDefaults } from './span-limits.ts';
import { TracerProvider } from './tracer-provider.ts';

const NOW = 1_763_700_000_123;
const resource: Resource = resourceFromAttributes({ 'service.name': 'test', n: 1, l: ['a', 'b'] });

/** Both give the same ids in the same order. */
class Counter {
  #traces = 0;
  #spans = 0;
  generateTraceId = () => (++this.#traces).toString(16).padStart(32, 'a');
  generateSpanId = () => (++this.#spans).toString(16).padStart(16, 'b');
}

type Said = [string, unknown][];
type Use = (provider: TracerProviderApi) => void;

function saying(use: () => void): Said {
  const said: Said = [];
  const say = (level: string) => (message: string) => said.push([level, message]);
  diag.setLogger(
    {
      error: say('error'),
      warn: say('warn'),
      info: say('info'),
      debug: say('debug'),
      verbose: say('verbose'),
    },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  vi.useFakeTimers({ now: NOW, toFake: ['Date', 'performance'] });
  use();
  vi.useRealTimers();
  diag.disable();
  return said;
}

function upstream(use: Use, spanLimits: Partial<SpanLimits>) {
  const exporter = new InMemorySpanExporter();
  const provider = new UpstreamProvider({
    resource,
    spanLimits,
    idGenerator: new Counter(),
    spanProcessors: [new SimpleSpanProcessor({ exporter })],
  });
  const said = saying(() => use(provider));
  const spans = exporter.getFinishedSpans();
  return {
    said,
    bytes: spans.length === 0 ? undefined : ProtobufTraceSerializer.serializeRequest(spans),
  };
}

function ours(use: Use, spanLimits: Partial<SpanLimits>) {
  const counter = new Counter();
  vi.spyOn(ids, 'newTraceId').mockImplementation(counter.generateTraceId);
  vi.spyOn(ids, 'newSpanId').mockImplementation(counter.generateSpanId);
  const bodies: Uint8Array[] = [];
  const batches = new SpanBatches(
    resource,
    {
      export: ({ body }, done) => {
        bodies.push(body);
        done({ code: 0 });
      },
      forceFlush: async () => {},
      shutdown: async () => {},
    },
    { maxQueueSize: 2_048, maxExportBatchSize: 512, scheduledDelayMillis: 60_000 },
  );
  const provider = new TracerProvider({
    resource,
    sampler: { followsParent: true, share: 1 },
    limits: withDefaults(spanLimits),
    batches,
  });
  const said = saying(() => use(provider));
  return { said, bytes: batches.unsent()[0]?.body };
}

beforeEach(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
});
afterEach(() => {
  context.disable();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const nothing = new Uint8Array();
const decoded = (bytes: Uint8Array = nothing) => decodeOtlp('traces', 'protobuf', bytes);

const same = (use: Use, limits: Partial<SpanLimits> = {}) => {
  const expected = upstream(use, limits);
  const got = ours(use, limits);
  expect(got.said).toEqual(expected.said);
  if (Buffer.compare(got.bytes ?? nothing, expected.bytes ?? nothing) === 0) return;
  expect(decoded(got.bytes)).toEqual(decoded(expected.bytes));
  expect(Buffer.from(got.bytes ?? nothing).toString('hex')).toBe(
    Buffer.from(expected.bytes ?? nothing).toString('hex'),
  );
};

// Not '1' and the like: V8 puts such keys of an object first, in upstream's attributes.
const key = fc.oneof(
  fc.constantFrom('', 'a', 'b', 'http.request.method', 'tenant.id', 'é'),
  fc.string({ maxLength: 6 }).map((text) => `k${text}`),
);
const simple = fc.oneof(
  fc.constantFrom('', 'GET', 'x'.repeat(200), 'ü', 0, -1, 2 ** 40, Number.NaN, -0, 1.5, true),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.integer(),
  fc.double(),
  fc.boolean(),
);
const value: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: simple },
  fc.array(fc.oneof(simple, fc.constantFrom(null, undefined)), { maxLength: 4 }),
  fc.dictionary(key, simple, { maxKeys: 3 }),
  fc.uint8Array({ maxLength: 8 }),
  fc.constantFrom(null, undefined, 10n, Symbol.iterator, new Date(0), () => 1, [[1], { a: [2] }]),
);
const attributes = fc.dictionary(key, value, { maxKeys: 8 }) as fc.Arbitrary<Attributes>;
const time: fc.Arbitrary<TimeInput | undefined> = fc.oneof(
  fc.constantFrom<(TimeInput | undefined)[]>(
    undefined,
    NOW,
    NOW + 1_234.5678,
    NOW - 5,
    new Date(NOW + 17),
    [1_763_700_001, 999_999_999],
    5,
  ),
  fc.tuple(fc.nat(2 ** 31), fc.nat(999_999_999)) as fc.Arbitrary<[number, number]>,
);
const hex = (length: number) =>
  fc
    .array(fc.constantFrom(...'0123456789abcdef'), { minLength: length, maxLength: length })
    .map((digits) => digits.join(''));
const spanContext: fc.Arbitrary<SpanContext> = fc.record(
  {
    traceId: fc.oneof(hex(32), fc.constant('0'.repeat(32))),
    spanId: hex(16),
    traceFlags: fc.constantFrom(0, 1, 1, 1, 3),
    isRemote: fc.boolean(),
    traceState: fc.constantFrom(createTraceState('a=1,b=2'), createTraceState('')),
  },
  { requiredKeys: ['traceId', 'spanId', 'traceFlags'] },
) as fc.Arbitrary<SpanContext>;
const link = fc.record(
  { context: spanContext, attributes },
  { requiredKeys: ['context'] },
) as fc.Arbitrary<Link>;
const limits = fc.record(
  {
    attributeCountLimit: fc.constantFrom(0, 1, 3, 128),
    attributeValueLengthLimit: fc.constantFrom(1, 5, 128),
    eventCountLimit: fc.constantFrom(0, 1, 2),
    linkCountLimit: fc.constantFrom(0, 1, 2),
    attributePerEventCountLimit: fc.constantFrom(0, 1, 2),
    attributePerLinkCountLimit: fc.constantFrom(0, 1, 2),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Partial<SpanLimits>>;
const call: fc.Arbitrary<(span: Span) => void> = fc.oneof(
  fc.tuple(key, value).map(
    ([k, v]) =>
      (span: Span) =>
        void span.setAttribute(k, v as string),
  ),
  attributes.map((all) => (span: Span) => void span.setAttributes(all)),
  fc.tuple(fc.string(), fc.oneof(attributes, time), time).map(
    ([name, second, third]) =>
      (span: Span) =>
        void span.addEvent(name, second, third),
  ),
  link.map((each) => (span: Span) => void span.addLink(each)),
  fc.array(link, { maxLength: 3 }).map((links) => (span: Span) => void span.addLinks(links)),
  fc.tuple(fc.constantFrom(0, 1, 2), fc.constantFrom(undefined, '', 'bad', 3)).map(
    ([code, message]) =>
      (span: Span) =>
        void span.setStatus({ code, message } as { code: 2; message: string }),
  ),
  fc.string().map((name) => (span: Span) => void span.updateName(name)),
  fc
    .constantFrom<unknown>('text', new TypeError('broken'), { code: 12 }, { name: 'N' }, {}, null)
    .map(
      (exception) => (span: Span) =>
        span.recordException(
          exception instanceof Error ? { message: exception.message } : (exception as string),
        ),
    ),
  fc.nat(5_000).map((ms) => () => void vi.advanceTimersByTime(ms)),
  time.map((end) => (span: Span) => span.end(end)),
);
const options = fc.record(
  {
    kind: fc.constantFrom(0, 1, 2, 3, 4),
    attributes,
    links: fc.array(link, { maxLength: 4 }),
    startTime: time,
    root: fc.boolean(),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<SpanOptions>;
const scope = fc.constantFrom<[string, string?, { schemaUrl?: string }?]>(
  ['one'],
  ['one', '1.2.3'],
  ['two', '', { schemaUrl: 'https://opentelemetry.io/schemas/1.40.0' }],
);

describe('the same calls on our spans and on those of upstream', () => {
  const run = fc.record({
    scope,
    name: fc.string({ unit: 'binary', maxLength: 60 }),
    options,
    // Below a parent that is not sampled upstream still warns of what is wrong; we do not look.
    parent: fc.option(spanContext.map((parent) => ({ ...parent, traceFlags: 1 }))),
    calls: fc.array(call, { maxLength: 8 }),
    end: time,
  });
  fuzz(
    'spans of whatever are the same bytes as upstream, and the same words of diag',
    fc.tuple(fc.array(run, { maxLength: 4 }), limits),
    ([runs, spanLimits]) => {
      same((provider) => {
        for (const { scope, name, options, parent, calls, end } of runs) {
          const tracer = provider.getTracer(...scope);
          const above = parent ? trace.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
          const span = tracer.startSpan(name, options, above);
          const below = trace.setSpan(above, span);
          tracer.startActiveSpan('inner', {}, below, (inner) => {
            for (const call of calls) call(span);
            tracer.startSpan('sibling').end();
            inner.end();
          });
          span.end(end);
        }
      }, spanLimits);
    },
    { runs: 300 },
  );

  test('also below a parent that is not sampled', () => {
    same((provider) => {
      const traceState = createTraceState('a=1');
      const ids = { traceId: 'c'.repeat(32), spanId: 'd'.repeat(16), traceFlags: 0, traceState };
      const parent = trace.setSpanContext(ROOT_CONTEXT, ids);
      const tracer = provider.getTracer('unsampled');
      const span = tracer.startSpan('not recorded', {}, parent);
      expect(span.isRecording()).toBe(false);
      expect(span.spanContext()).toEqual({ ...ids, spanId: expect.stringMatching(/^b{15}/) });
      tracer.startSpan('recorded', { root: true }, trace.setSpan(parent, span)).end();
    });
  });

  test('also with attributes that come again and again', () => {
    same((provider) => {
      const tracer = provider.getTracer('again');
      for (let i = 0; i < 500; i++) {
        const span = tracer.startSpan('GET /carts/:id', {
          kind: 1,
          attributes: { method: 'GET', status: 200, path: `/carts/${i}`, port: i % 300, ok: true },
        });
        span.setAttribute('long', 'x'.repeat(600));
        span.setAttribute('status', 200 + (i % 3));
        span.end();
      }
    });
  });

  test('also when a span is as long as a small file', () => {
    same((provider) => {
      const span = provider.getTracer('long').startSpan('long');
      span.setAttribute('document', 'x'.repeat(20_000)).setAttribute('end', 'é'.repeat(70));
      span.end();
      provider.getTracer('long').startSpan('after').end();
    });
  });

  test('also with more attributes than a scan finds', () => {
    same(
      (provider) => {
        const span = provider.getTracer('many').startSpan('many');
        for (let i = 0; i < 400; i++) span.setAttribute(`key ${i % 150}`, i);
        span.end();
      },
      { attributeCountLimit: 140 },
    );
  });
});
