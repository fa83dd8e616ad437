// What one span costs with its share of the export's bytes, against sdk-trace and otlp-transformer for the same calls:
//   node --expose-gc --min-semi-space-size=64 --max-semi-space-size=64 src/trace/span.bench.ts [--json] [--quick]
import { cpus } from 'node:os';
import {
  context,
  ROOT_CONTEXT,
  type SpanContext,
  SpanKind,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import type { ExportResult } from '@opentelemetry/core';
import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  BatchSpanProcessor,
  type ReadableSpan,
  TracerProvider as UpstreamProvider,
} from '@opentelemetry/sdk-trace';
import { SpanBatches } from './span-batches.ts';
import { withDefaults } from './span-limits.ts';
import { TracerProvider } from './tracer-provider.ts';

const RUNS = 7;
const BATCH = 512;
const spans = process.argv.includes('--quick') ? 20_480 : 204_800;
const resource = resourceFromAttributes({ 'service.name': 'bench' });
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());

let bytes = 0;
const take = (body: Uint8Array | undefined, done: (result: ExportResult) => void) => {
  bytes += body?.length ?? 0;
  done({ code: 0 });
};
const rest = { forceFlush: async () => {}, shutdown: async () => {} };
const queue = { maxQueueSize: 2_048, maxExportBatchSize: BATCH, scheduledDelayMillis: 5_000 };

function upstream(isOff: boolean): Tracer {
  const exporter = {
    ...rest,
    export: (items: ReadableSpan[], done: (result: ExportResult) => void) =>
      take(ProtobufTraceSerializer.serializeRequest(items), done),
  };
  const spanProcessors = [new BatchSpanProcessor({ exporter, ...queue })];
  const sampler = isOff ? { sampler: new AlwaysOffSampler() } : {};
  return new UpstreamProvider({ resource, spanProcessors, ...sampler }).getTracer('bench');
}

function ours(isOff: boolean): Tracer {
  const batches = new SpanBatches(
    resource,
    { ...rest, export: ({ body }, done) => take(body, done) },
    queue,
  );
  const sampler = { followsParent: false, share: isOff ? 0 : 1 };
  return new TracerProvider({ resource, sampler, limits: withDefaults({}), batches }).getTracer(
    'bench',
  );
}

const paths = Array.from({ length: 997 }, (_, i) => `/carts/${i}`);

function serverSpan(tracer: Tracer, i: number): void {
  const span = tracer.startSpan(
    'GET',
    {
      kind: SpanKind.SERVER,
      attributes: {
        'http.request.method': 'GET',
        'url.path': paths[i % 997] as string,
        'url.scheme': 'http',
        'server.address': 'shop.example.com',
        'server.port': 8080,
        'network.peer.address': '10.0.0.7',
        'network.peer.port': 30_000 + (i % 20_000),
        'client.address': '10.0.0.7',
        'network.protocol.version': '1.1',
        'user_agent.original': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Safari/537.36',
      },
    },
    ROOT_CONTEXT,
  );
  span.updateName('GET /carts/:id');
  span.setAttribute('http.route', '/carts/:id');
  span.setAttribute('http.response.status_code', 200);
  span.setAttribute('tenant.id', 'acme');
  span.end();
}

const remote: SpanContext = {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  traceFlags: 1,
  isRemote: true,
};
const parent = trace.setSpanContext(ROOT_CONTEXT, remote);

function smallSpan(tracer: Tracer): void {
  tracer.startSpan('work', undefined, parent).end();
}

/** Batches yield to the event loop, as upstream's processor needs it to go on. */
async function time(run: (i: number) => void): Promise<{ nanoseconds: number; bytes: number }> {
  let best = Number.POSITIVE_INFINITY;
  for (let r = 0; r < RUNS; r++) {
    let spent = 0n;
    for (let i = 0; i < spans; ) {
      const before = process.hrtime.bigint();
      for (const end = i + BATCH; i < end; i++) run(i);
      spent += process.hrtime.bigint() - before;
      await new Promise(setImmediate);
    }
    best = Math.min(best, Number(spent) / spans);
  }
  return { nanoseconds: Math.round(best), bytes: await allocated(run) };
}

async function allocated(run: (i: number) => void): Promise<number> {
  if (globalThis.gc === undefined) return Number.NaN;
  let least = Number.POSITIVE_INFINITY;
  for (let r = 0; r < 5; r++) {
    globalThis.gc();
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < BATCH - 1; i++) run(i);
    least = Math.min(least, process.memoryUsage().heapUsed - before);
    run(0);
    await new Promise(setImmediate);
  }
  return Math.max(0, Math.round(least / BATCH));
}

const cases = [
  ['server span, 13 attributes', false, serverSpan],
  ['span without attributes', false, smallSpan],
  ['server span that is not sampled', true, serverSpan],
] as const;
const results = [];
for (const [name, isOff, run] of cases) {
  const theirs = upstream(isOff);
  const own = ours(isOff);
  results.push({
    name,
    upstream: await time((i) => run(theirs, i)),
    ours: await time((i) => run(own, i)),
  });
}
if (bytes === 0) throw new Error('Expected spans to be exported, got none');
if (process.argv.includes('--json')) {
  const machine = { node: process.version, cpu: cpus()[0]?.model, cores: cpus().length };
  console.log(JSON.stringify({ machine, results }));
} else {
  console.log(`Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model}`);
  for (const { name, upstream, ours } of results)
    console.log(
      `${String(ours.nanoseconds).padStart(6)} ns ${String(ours.bytes).padStart(5)} B  ${(ours.nanoseconds / upstream.nanoseconds).toFixed(3)} of upstream's ${upstream.nanoseconds} ns, ${upstream.bytes} B  ${name}`,
    );
}
process.exit(0);
