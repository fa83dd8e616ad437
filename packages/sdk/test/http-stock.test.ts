import {
  type Attributes,
  type OtlpReceiver,
  type ReceivedSpan,
  startOtlpReceiver,
} from '@bellwether/testkit';
import { describe, expect, test } from 'vitest';
import { completeWithSdk } from './run-with-sdk.ts';

/** CommonJS, because the preload of OpenTelemetry itself does not see `import`. */
const files = ['http-express.cjs', 'http-calls.cjs'];

async function runBoth(
  file: string,
  env: Record<string, string> = {},
): Promise<{ stock: OtlpReceiver; ours: OtlpReceiver }> {
  const [stock, ours] = [await startOtlpReceiver(), await startOtlpReceiver()];
  await completeWithSdk(ours, { file, env });
  await completeWithSdk(stock, {
    file,
    imports: [],
    nodeArgs: ['--require', '@opentelemetry/auto-instrumentations-node/register'],
    env: {
      OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'http,express,undici',
      OTEL_NODE_RESOURCE_DETECTORS: 'none',
    },
  });
  return { stock, ours };
}

describe.each(files)('%s gives what the instrumentations of OpenTelemetry give', (file) => {
  test('the same metric points and spans', async () => {
    const { stock, ours } = await runBoth(file);
    for (const name of ['http.server.request.duration', 'http.client.request.duration']) {
      const [expected] = stock.points(name);
      const [point] = ours.points(name);
      expect(point?.unit).toBe(expected?.unit);
      expect(point?.boundaries).toEqual(expected?.boundaries);
      expect(pointsOf(ours, name)).toEqual(pointsOf(stock, name));
    }
    expect(treeOf(ours)).toEqual(treeOf(stock));
  });
});

test('BELLWETHER_EXPRESS_LAYERS=true gives as many spans as the instrumentations of OpenTelemetry', async () => {
  const { stock, ours } = await runBoth('http-express.cjs', { BELLWETHER_EXPRESS_LAYERS: 'true' });
  const namesOf = (receiver: OtlpReceiver) =>
    receiver
      .spans({ kind: 'internal' })
      .map(({ name }) => name)
      .sort();
  expect(namesOf(stock).length).toBeGreaterThan(0);
  expect(namesOf(ours)).toEqual(namesOf(stock));
  expect(ours.spans().length).toBe(stock.spans().length);
});

/** What differs on purpose, each with its reason. */
const different = new Set([
  // Ours alone.
  'tenant.id',
  // Another one in every run.
  'server.port',
  'network.peer.port',
]);

const differentOfClients = new Set([
  // Theirs are on spans and metrics of undici only. `url.full` says the same, and the method is the original one.
  'url.path',
  'url.query',
  'url.scheme',
  'http.request.method_original',
]);

function describeAttributes(attributes: Attributes, client: boolean): string {
  const same = Object.entries(attributes).filter(
    ([key]) => !different.has(key) && !(client && differentOfClients.has(key)),
  );
  return JSON.stringify(same.sort())
    .replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:port')
    .replace(passedOn, '');
}

/** A route that passes the request on by `next()` keeps it in theirs, also when nobody takes it then. */
const passedOn = '["http.route","/passes-on"],';

function pointsOf(receiver: OtlpReceiver, name: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { attributes, count } of receiver.points(name)) {
    const key = describeAttributes(attributes, name.startsWith('http.client'));
    counts[key] = (counts[key] ?? 0) + (count ?? 0);
  }
  return counts;
}

/** Each span with those above it, less the layers of Express. */
function treeOf(receiver: OtlpReceiver): string[] {
  const all = new Map(receiver.spans().map((span) => [span.spanId, span]));
  const describeSpan = (span: ReceivedSpan): string => {
    const parent = all.get(span.parentSpanId ?? '');
    const name = span.name.replace(' /passes-on', '');
    const self = `${span.kind} ${name} ${span.status.code} ${describeAttributes(span.attributes, span.kind === 'client')}`;
    return parent === undefined ? self : `${describeSpan(parent)}\n  > ${self}`;
  };
  return [...all.values()]
    .filter(({ kind }) => kind !== 'internal')
    .map(describeSpan)
    .sort();
}
