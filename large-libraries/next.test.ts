import { fileURLToPath } from 'node:url';
import {
  freePort,
  type MetricPoint,
  type OtlpReceiver,
  runProgram,
  startOtlpReceiver,
} from '@bellwether/testkit';
import { expect, test } from 'vitest';

const standalone = 'next/.next/standalone/large-libraries/next';
/** Of a caller that is traced: Next.js would take it for the context of what it renders. */
const headers = { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' };

/** What is asked for, and what its `http.server.request.duration` says: status, route and tenant. */
const asked: Readonly<Record<string, string>> = {
  '/shop/users/1': '200 /shop/users/[id] acme',
  '/shop/throws': '500 /shop/throws acme',
  '/shop/about': '200 /shop/about -',
  '/shop/by-proxy': '200 /shop/by-proxy globex',
  '/api/users/1': '200 /api/users/[id] acme',
  '/api/throws': '500 /api/throws acme',
  '/api/events': '200 /api/events acme',
  '/legacy/users/1': '200 /legacy/users/[id] acme',
  '/legacy/throws': '500 /legacy/throws acme',
  '/api/legacy/1': '200 /api/legacy/[id] acme',
  '/nowhere': '404 - -',
};

const brief = ({ attributes }: MetricPoint) =>
  [
    attributes['http.response.status_code'],
    attributes['http.route'] ?? '-',
    attributes['tenant.id'] ?? '-',
  ].join(' ');

/** Asks the standalone server for everything, and ends it. A stream of events is left as soon as it has begun. */
async function serve(receiver: OtlpReceiver, env: Readonly<Record<string, string>>) {
  const port = await freePort();
  const program = runProgram({
    file: 'server.js',
    cwd: fileURLToPath(new URL(standalone, import.meta.url)),
    imports: ['@bellwether/sdk/register'],
    env: {
      PORT: String(port),
      HOSTNAME: '127.0.0.1',
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      BELLWETHER_PREAMBLE: 'false',
      ...env,
    },
    timeoutMs: 400_000,
  });
  await program.waitForLine(/Ready/);
  for (const path of Object.keys(asked)) {
    const leave = new AbortController();
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      headers,
      signal: leave.signal,
    });
    if (path === '/api/events') {
      await answer.body?.getReader().read();
      leave.abort();
    } else await answer.text();
  }
  program.kill();
  await program.exited;
  expect(program.stderr).not.toContain('bellwether');
  return receiver.points('http.server.request.duration').map(brief).sort();
}

test('Next.js: pages, route handlers, a proxy and streams have route and tenant, in one trace', async () => {
  const receiver = await startOtlpReceiver();
  expect(await serve(receiver, {})).toEqual(Object.values(asked).sort());

  const spans = receiver.spans();
  const servers = spans.filter(({ scope }) => scope.name === '@bellwether/sdk/http');
  expect(servers).toHaveLength(Object.keys(asked).length);
  const known = new Set(spans.map(({ spanId }) => spanId));
  const rendered = spans.filter(({ name }) => name.startsWith('render route'));
  expect(rendered.map(({ attributes }) => attributes['tenant.id'])).toContain('globex');
  for (const { parentSpanId } of rendered) expect(known.has(parentSpanId ?? '')).toBe(true);
});

test('Next.js: the same durations without traces, and where none is sampled', async () => {
  for (const env of [{ OTEL_TRACES_EXPORTER: 'none' }, { OTEL_TRACES_SAMPLER: 'always_off' }]) {
    const receiver = await startOtlpReceiver();
    expect(await serve(receiver, env)).toEqual(Object.values(asked).sort());
    expect(receiver.spans()).toEqual([]);
  }
});
