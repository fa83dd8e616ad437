import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export type FakeAnswer = { readonly json: unknown } | ((response: ServerResponse) => void);

/** A server that behaves as no good one does. Stops at the end of the test. */
export async function startFakeServer(
  answer: (path: string, request: IncomingMessage) => FakeAnswer,
): Promise<{ readonly url: string; readonly host: string }> {
  const server = createServer((request, response) => {
    request.resume();
    const given = answer((request.url ?? '').split('?')[0] ?? '', request);
    if (typeof given === 'function') return given(response);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(given.json));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url: `http://${host}`, host };
}
