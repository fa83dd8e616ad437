import { type OtlpReceiver, startOtlpReceiver } from '@bellwether/testkit';
import { describe, expect, test } from 'vitest';
import { completeWithSdk, nodes } from './run-with-sdk.ts';

const server = 'http.server.request.duration';
const client = 'http.client.request.duration';

async function behaveOn(
  node: string,
  name: string,
): Promise<{ receiver: OtlpReceiver; lines: string[] }> {
  const receiver = await startOtlpReceiver();
  const program = await completeWithSdk(receiver, {
    file: 'http-behaviour.mjs',
    args: [name],
    node,
  });
  expect(program.stderr).toBe('');
  return { receiver, lines: program.stdout.trim().split('\n') };
}

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

const active = (receiver: OtlpReceiver) =>
  receiver.points('http.server.active_requests').map(({ value }) => value);

describe.each(nodes)('%s', (node) => {
  const behave = (name: string) => behaveOn(node, name);

  test('a request whose client goes away counts once, without a status', async () => {
    const { receiver } = await behave('aborted');
    expect(counts(receiver, server, 'http.response.status_code', 'error.type')).toEqual({
      '- aborted': 1,
    });
    expect(active(receiver)).toEqual([0]);
    const [span] = receiver.spans({ kind: 'server' });
    expect(span?.status.code).toBe('error');
    expect(span?.attributes['error.type']).toBe('aborted');
  });

  test('a client that goes away in the middle of the body counts once, with the status that was sent', async () => {
    const { receiver } = await behave('aborted-body');
    expect(counts(receiver, server, 'http.response.status_code', 'error.type')).toEqual({
      '200 aborted': 1,
    });
  });

  test('a streamed body counts once', async () => {
    const { receiver, lines } = await behave('streaming');
    expect(lines).toEqual(['one two three']);
    expect(counts(receiver, server, 'http.response.status_code')).toEqual({ 200: 1 });
    expect(counts(receiver, client, 'http.response.status_code')).toEqual({ 200: 1 });
  });

  test('pipelined requests each keep their tenant', async () => {
    const { receiver } = await behave('pipelined');
    expect(counts(receiver, server, 'tenant.id')).toEqual({ a: 1, b: 1, c: 1 });
  });

  test('requests that wait in a pipeline are recorded when their connection ends, without a warning', async () => {
    const { receiver } = await behave('pipelined-aborted');
    expect(counts(receiver, server, 'error.type')).toEqual({ aborted: 20 });
    expect(active(receiver)).toEqual([0]);
  });

  test('concurrent requests on keep-alive connections do not mix tenants', async () => {
    const { receiver, lines } = await behave('tenants');
    expect(lines).toEqual(['mixed: 0']);
    expect(counts(receiver, server, 'tenant.id')).toEqual({
      'tenant-0': 40,
      'tenant-1': 40,
      'tenant-2': 40,
    });
    expect(new Set(active(receiver))).toEqual(new Set([0]));
    const named = receiver
      .spans({ kind: 'server' })
      .map(({ attributes }) => attributes['tenant.id']);
    expect(named).toHaveLength(120);
    expect(new Set(named)).toEqual(new Set(['tenant-0', 'tenant-1', 'tenant-2']));
  });

  test('an upgrade goes through, and is no request', async () => {
    const { receiver, lines } = await behave('upgrade');
    expect(lines).toEqual(['echo: hello']);
    expect(receiver.points(server)).toEqual([]);
    expect(counts(receiver, client, 'http.response.status_code')).toEqual({ 101: 1 });
    const [span] = receiver.spans({ kind: 'server' });
    expect(span?.attributes['http.response.status_code']).toBe(101);
    expect(span?.status.code).toBe('unset');
  });

  test('so does a tunnel', async () => {
    const { receiver, lines } = await behave('connect');
    expect(lines).toEqual(['echo: hello']);
    expect(receiver.points(server)).toEqual([]);
    const [span] = receiver.spans({ kind: 'server' });
    expect(span).toMatchObject({ name: 'CONNECT', status: { code: 'unset' } });
    expect(span?.attributes).toMatchObject({
      'server.address': 'a.example',
      'http.response.status_code': 200,
      'tenant.id': 'acme',
    });
    expect(span?.attributes).not.toHaveProperty('url.path');
  });

  test('what never becomes a request is counted by what was wrong', async () => {
    const { receiver, lines } = await behave('unreadable');
    expect(lines).toEqual(['400', '431']);
    const errors = receiver.points('http.server.client_errors');
    expect(errors.map(({ attributes, value }) => [attributes['error.type'], value])).toEqual([
      ['HPE_INVALID_METHOD', 1],
      ['HPE_HEADER_OVERFLOW', 1],
    ]);
    expect(receiver.points(server)).toEqual([]);
    expect(receiver.spans()).toEqual([]);
  });

  test('the handshake of a WebSocket counts once as a call, which ends with it', async () => {
    const { receiver, lines } = await behave('web-socket');
    expect(lines).toEqual(['echo: hello']);
    expect(counts(receiver, client, 'http.response.status_code')).toEqual({ 101: 1 });
    expect(receiver.spans({ kind: 'client' })).toMatchObject([
      { name: 'GET', status: { code: 'unset' }, attributes: { 'http.response.status_code': 101 } },
    ]);
  });

  test('an exception of the application stays its own, and the request counts', async () => {
    const { receiver, lines } = await behave('throws');
    expect(lines).toEqual(['uncaught: a bug']);
    expect(counts(receiver, server, 'error.type')).toEqual({ exception: 1 });
  });

  test('a request that one server hands to another counts once', async () => {
    const { receiver, lines } = await behave('handed');
    expect(lines).toEqual(['inner']);
    expect(counts(receiver, server, 'http.response.status_code')).toEqual({ 200: 1 });
  });

  test('an unknown method is _OTHER, secrets of the query are hidden, proxies are described', async () => {
    const { receiver } = await behave('strange');
    expect(counts(receiver, server, 'http.request.method')).toEqual({ _OTHER: 1 });
    const [span] = receiver.spans({ kind: 'server' });
    expect(span).toMatchObject({
      name: 'HTTP',
      attributes: {
        'http.request.method': '_OTHER',
        'http.request.method_original': 'PROPFIND',
        'url.path': '/dav',
        'url.query': 'sig=REDACTED&a=REDACTED',
        'url.scheme': 'http',
        'client.address': '192.0.2.0',
        'server.address': 'shop.example',
        'network.protocol.version': '1.1',
        'http.response.status_code': 200,
      },
    });
    expect(receiver.spans({ kind: 'client' })[0]?.attributes['url.full']).toMatch(
      /sig=REDACTED&a=REDACTED$/,
    );
  });

  test('the plain OpenTelemetry API sees the server span', async () => {
    const { receiver, lines } = await behave('api');
    expect(lines).toEqual(['active: true', 'same: true']);
    const [span] = receiver.spans({ kind: 'server' });
    expect(span?.attributes['app.attribute']).toBe('yes');
    const [inner] = receiver.spans({ name: 'inner' });
    expect(inner?.parentSpanId).toBe(span?.spanId);
    expect(inner?.attributes['tenant.id']).toBe('acme');
  });

  test('log records of a request carry its tenant', async () => {
    const { receiver } = await behave('logs');
    const tenants = receiver.logs().map(({ body, attributes }) => [body, attributes['tenant.id']]);
    expect(tenants).toEqual([
      ['outside', undefined],
      ['before', undefined],
      ['inside', 'acme'],
    ]);
  });

  test('HTTP/2 requests count, with their tenants', async () => {
    const { receiver, lines } = await behave('http2');
    expect(lines).toEqual(['two', 'two']);
    expect(counts(receiver, server, 'network.protocol.version', 'tenant.id')).toEqual({
      '2 acme': 1,
      '2 globex': 1,
    });
  });

  test('HTTPS requests count as https', async () => {
    const { receiver, lines } = await behave('https');
    expect(lines).toEqual(['safe']);
    expect(counts(receiver, server, 'url.scheme')).toEqual({ https: 1 });
    expect(receiver.spans({ kind: 'client' })[0]?.attributes['url.full']).toMatch(/^https:/);
  });

  test('failed calls count once each, and the application sees the same errors', async () => {
    const { receiver, lines } = await behave('failures');
    expect(lines).toEqual([
      'ECONNREFUSED',
      'ECONNRESET',
      'ECONNRESET',
      'ECONNREFUSED',
      'TimeoutError',
    ]);
    expect(counts(receiver, client, 'http.response.status_code', 'error.type')).toEqual({
      '- ECONNREFUSED': 2,
      '- ECONNRESET': 1,
      '200 ECONNRESET': 1,
      '- TimeoutError': 1,
    });
  });
});
