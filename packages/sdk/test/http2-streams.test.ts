import { type OtlpReceiver, startOtlpReceiver } from '@bellwether/testkit';
import { describe, expect, test } from 'vitest';
import { completeWithSdk, nodes } from './run-with-sdk.ts';

const server = 'http.server.request.duration';
const client = 'http.client.request.duration';

function counts(receiver: OtlpReceiver, name: string, ...keys: string[]): Record<string, number> {
  return Object.fromEntries(
    receiver
      .points(name)
      .map(({ attributes, count }) => [
        keys.map((key) => String(attributes[key] ?? '-')).join(' '),
        count ?? 0,
      ]),
  );
}

describe.each(nodes)('%s', (node) => {
  async function behave(name: string, env: Readonly<Record<string, string>> = {}) {
    const receiver = await startOtlpReceiver();
    const { stdout, stderr } = await completeWithSdk(receiver, {
      file: 'http2-streams.mjs',
      args: [name],
      node,
      env,
    });
    expect(stderr).toBe('');
    expect(receiver.points('http.server.active_requests').filter(({ value }) => value)).toEqual([]);
    return { receiver, lines: stdout.trim().split('\n').sort() };
  }

  test('each request of a connection keeps its tenant, on both sides', async () => {
    const { receiver, lines } = await behave('tenants');
    expect(lines).toEqual([
      'acme by for-acme',
      'acme is acme',
      'globex by for-globex',
      'globex is globex',
    ]);
    const keys = ['network.protocol.version', 'http.response.status_code', 'tenant.id'];
    expect(counts(receiver, server, ...keys)).toEqual({ '2 200 acme': 1, '2 200 globex': 1 });
    expect(counts(receiver, client, ...keys)).toEqual({
      '2 200 for-acme': 1,
      '2 200 for-globex': 1,
    });
  });

  test('the trace goes on from the caller through the call to the server', async () => {
    const { receiver } = await behave('span');
    const [outer] = receiver.spans({ name: 'outer' });
    const [call] = receiver.spans({ kind: 'client' });
    const [request] = receiver.spans({ kind: 'server' });
    expect(call?.parentSpanId).toBe(outer?.spanId);
    expect(request?.parentSpanId).toBe(call?.spanId);
    const told = { 'http.request.method': 'GET', 'http.response.status_code': 200 };
    expect(call?.attributes).toMatchObject({
      ...told,
      'url.full': expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/secret\?token=REDACTED$/),
      'server.address': '127.0.0.1',
      'network.peer.address': '127.0.0.1',
      'network.protocol.version': '2',
    });
    expect(request?.attributes).toMatchObject({
      ...told,
      'url.path': '/secret',
      'url.query': 'token=REDACTED',
      'url.scheme': 'http',
      'server.address': '127.0.0.1',
      'network.protocol.version': '2',
    });
  });

  test('headers of whatever shape carry one trace', async () => {
    const { receiver } = await behave('headers');
    const calls = receiver.spans({ kind: 'client' });
    const parents = receiver.spans({ kind: 'server' }).map(({ parentSpanId }) => parentSpanId);
    expect(calls.length).toBeGreaterThan(1);
    expect(parents.sort()).toEqual(calls.map(({ spanId }) => spanId).sort());
  });

  test('the tenant travels to hosts that are listed, and to no others', async () => {
    const { lines } = await behave('trusted', { BELLWETHER_BAGGAGE_HOSTS: '127.0.0.1' });
    expect(lines).toEqual(['acme']);
    expect((await behave('trusted')).lines).toEqual(['undefined']);
  });

  test('what fails counts once on each side, and the application sees the same errors', async () => {
    const { receiver, lines } = await behave('failures');
    expect(lines).toEqual(['ERR_HTTP2_STREAM_CANCEL', 'ERR_HTTP2_STREAM_ERROR']);
    const keys = ['http.request.method', 'http.response.status_code', 'error.type'];
    expect(counts(receiver, server, ...keys)).toMatchObject({
      'POST 500 500': 1,
      'GET - aborted': expect.any(Number),
    });
    expect(counts(receiver, client, ...keys)).toEqual({
      'POST 500 500': 1,
      'GET - ERR_HTTP2_STREAM_ERROR': 1,
      'GET - aborted': 1,
      'GET - ECONNREFUSED': 1,
    });
  });

  test('a call of undici counts once', async () => {
    const { receiver } = await behave('undici');
    const scopes = receiver.spans({ kind: 'client' }).map(({ scope }) => scope.name);
    expect(scopes.sort()).toEqual(['@bellwether/sdk/http', '@bellwether/sdk/undici']);
    expect(counts(receiver, client, 'network.protocol.version')).toEqual({ 2: 2 });
    expect(counts(receiver, server, 'network.protocol.version')).toEqual({ 2: 2 });
  });

  test('a stream of events is recorded when it opens', async () => {
    const { receiver } = await behave('events');
    const keys = ['http.response.status_code', 'error.type'];
    expect(counts(receiver, server, ...keys)).toEqual({ '200 -': 1 });
  });

  test('gRPC, which has an instrumentation of its own, and tunnels are left alone', async () => {
    const { receiver } = await behave('others');
    expect(receiver.points(server)).toEqual([]);
    expect(receiver.points(client)).toEqual([]);
    expect(receiver.spans()).toEqual([]);
  });
});
