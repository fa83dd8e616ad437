import { basename } from 'node:path';
import { startOtlpReceiver } from '@bellwether/testkit';
import { describe, expect, test } from 'vitest';
import { completeWithSdk, nodes } from './run-with-sdk.ts';

const matrix = nodes.flatMap((node) =>
  ['ws-sockets.mjs', 'ws-sockets.cjs'].map((file) => ({ node, file, nodeName: basename(node) })),
);

describe.each(matrix)('$nodeName $file', ({ node, file }) => {
  test('a socket keeps its tenant, and each message is a trace that is linked to the request', async () => {
    const receiver = await startOtlpReceiver();
    const { stdout } = await completeWithSdk(receiver, { file, node, timeoutMs: 60_000 });
    expect(stdout.trim().split('\n')).toEqual([
      ...['acme: hello', 'globex: hello', 'acme: hello'],
      ...['globex: hello', 'acme: hello', 'globex: hello'],
    ]);
    for (const tenant of ['acme', 'globex']) {
      const events = receiver
        .points('test.events', { 'tenant.id': tenant })
        .map(({ attributes, value }) => [attributes.event, value]);
      expect(Object.fromEntries(events)).toEqual({ opened: 1, message: 3, closed: 1 });

      const requests = receiver.spans({ kind: 'server', attributes: { 'tenant.id': tenant } });
      expect(requests).toMatchObject([
        { name: 'GET', attributes: { 'url.path': '/room', 'http.response.status_code': 101 } },
      ]);
      const messages = receiver.spans({
        name: 'receive websocket',
        attributes: { 'tenant.id': tenant },
      });
      expect(messages).toHaveLength(3);
      expect(new Set(messages.map(({ traceId }) => traceId)).size).toBe(3);
      for (const { links, kind, parentSpanId, attributes } of messages) {
        expect(links).toMatchObject([{ spanId: requests[0]?.spanId }]);
        expect({ kind, parentSpanId }).toEqual({ kind: 'consumer', parentSpanId: undefined });
        expect(attributes['messaging.message.body.size']).toBe(5);
      }
    }
    const asked = receiver.spans({ kind: 'server', attributes: { 'url.path': '/room' } });
    const statuses = asked.map(({ attributes }) => attributes['http.response.status_code']);
    expect(statuses.sort()).toEqual([101, 101, 401]);
    // A caller that is turned away is no failure of the server.
    expect(asked.map(({ status }) => status.code)).toEqual(['unset', 'unset', 'unset']);
  });
});
