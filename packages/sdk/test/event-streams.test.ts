import { once } from 'node:events';
import { get } from 'node:http';
import { connect } from 'node:http2';
import { type MetricPoint, pollUntil, startOtlpReceiver } from '@bellwether/testkit';
import { expect, test } from 'vitest';
import { runWithSdk } from './run-with-sdk.ts';

const WAIT = { timeoutMs: 90_000 };

/** Reads until something came, and goes when it is told to. */
async function open(url: string): Promise<() => void> {
  const request = get(url, { agent: false });
  const [response] = await once(request, 'response');
  await once(response, 'data');
  return () => request.destroy();
}

async function openMultiplexed(origin: string): Promise<() => void> {
  const session = connect(origin);
  const stream = session.request({ ':path': '/multiplexed' });
  await once(stream, 'data');
  return () => session.destroy();
}

const brief = ({ attributes, count }: MetricPoint) =>
  [
    attributes['network.protocol.version'],
    attributes['http.response.status_code'],
    attributes['http.route'] ?? '-',
    attributes['error.type'] ?? '-',
    attributes['tenant.id'],
    count,
  ].join(' ');

test('a stream of events is a request that was answered when it opened, and its reader may go', async () => {
  const receiver = await startOtlpReceiver();
  const program = runWithSdk(receiver, {
    file: 'http-event-stream.mjs',
    timeoutMs: 240_000,
    env: { OTEL_METRIC_EXPORT_INTERVAL: '500' },
  });
  const [, port, port2] = await program.waitForLine(/ports (\d+) (\d+)/);
  const origin = `http://127.0.0.1:${port}`;
  const [leaveRouted, leaveRaw, leaveDownload, leaveMultiplexed] = await Promise.all([
    open(`${origin}/shop/7/events`),
    open(`${origin}/raw`),
    open(`${origin}/download`),
    openMultiplexed(`http://127.0.0.1:${port2}`),
  ]);
  for (const path of ['short', 'fails']) await (await fetch(`${origin}/${path}`)).text();

  const durations = () => receiver.points('http.server.request.duration').map(brief).sort();
  const answered = [
    '1.1 200 /raw - acme 1',
    '1.1 200 /shop/:id/events - acme 1',
    '1.1 200 /short - acme 1',
    '1.1 503 /fails 503 acme 1',
    '2 200 - - acme 1',
  ];
  // While they are open: what is recorded by now holds nothing of how long they last.
  await pollUntil(() => durations().length >= answered.length, WAIT);
  expect(durations()).toEqual(answered);
  const active = () =>
    receiver
      .points('http.server.active_requests', { 'tenant.id': 'acme' })
      .reduce((sum, { value }) => sum + Number(value), 0);
  await pollUntil(() => active() === 4, WAIT);

  for (const leave of [leaveRouted, leaveRaw, leaveDownload, leaveMultiplexed]) leave();
  // What only names that media type elsewhere is a download that was cut.
  const cut = '1.1 200 /download aborted acme 1';
  await pollUntil(() => active() === 0 && durations().includes(cut), WAIT);
  program.kill();
  await program.exited;
  expect(durations()).toEqual([cut, ...answered].sort());

  const failed = receiver
    .spans({ kind: 'server' })
    .filter(({ status }) => status.code === 'error')
    .map(({ name }) => name);
  expect(failed.sort()).toEqual(['GET /download', 'GET /fails']);
  expect(receiver.spans({ kind: 'server' })).toHaveLength(6);
}, 300_000);
