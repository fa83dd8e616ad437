import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { OtlpHttpOptions } from './otlp-http-options.ts';
import { OtlpTransport } from './otlp-transport.ts';

const calm = new AbortController().signal;

/** Sends one body to a server that answers each request by the next of these, and the last one from then on. */
async function send(timeoutMs: number, ...answers: ((response: ServerResponse) => void)[]) {
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    bodies.push(Buffer.concat(chunks).toString());
    (answers[bodies.length - 1] ?? answers.at(-1))?.(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const options = {
    url: `http://127.0.0.1:${port}/v1/traces`,
    ...{ timeoutMs, compression: 'none', headers: async () => ({}) },
  } as unknown as OtlpHttpOptions;
  const transport = new OtlpTransport(options, undefined);
  onTestFinished(() => {
    transport.close();
    server.closeAllConnections();
    server.close();
  });
  const began = performance.now();
  const result = await transport.send(Buffer.from('body'), () => calm);
  return { result, bodies, ms: performance.now() - began };
}

const status =
  (code: number, headers = {}) =>
  (response: ServerResponse) =>
    void response.writeHead(code, headers).end();

test('429 with a time to come again: after that time, and no sooner', async () => {
  const { result, bodies, ms } = await send(
    60_000,
    status(429, { 'retry-after': '2' }),
    status(200),
  );
  expect(result).toMatchObject({ status: 'success', httpStatus: 200 });
  expect(bodies).toEqual(['body', 'body']);
  expect(ms).toBeGreaterThanOrEqual(1_990);
});

test('429 with a time that is later than the time-out: failed at once, as 429', async () => {
  const { result, bodies, ms } = await send(30_000, status(429, { 'retry-after': '3600' }));
  expect(result).toMatchObject({ status: 'retryable', httpStatus: 429, errorType: '429' });
  expect(bodies).toHaveLength(1);
  expect(ms).toBeLessThan(20_000);
});

test('an event loop that is held up over the time-out: failed with what came, without a warning of Node.js', async () => {
  const warnings: Error[] = [];
  const collect = (warning: Error) => void warnings.push(warning);
  process.on('warning', collect);
  onTestFinished(() => void process.off('warning', collect));
  const holdUp = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_600);
  const { result, bodies } = await send(1_500, (response) => {
    status(503)(response);
    setTimeout(holdUp, 100);
  });
  await new Promise(setImmediate);
  expect(result).toMatchObject({ status: 'retryable', httpStatus: 503 });
  expect(bodies).toEqual(['body']);
  expect(warnings).toEqual([]);
});

test.each([400, 413, 500])('%i is not tried again', async (code) => {
  const { result, bodies } = await send(30_000, status(code));
  expect(result).toMatchObject({ status: 'failure', httpStatus: code, errorType: String(code) });
  expect(bodies).toHaveLength(1);
});

test('a connection that is cut is tried again', async () => {
  const { result, bodies } = await send(60_000, (response) => void response.destroy(), status(200));
  expect(result).toMatchObject({ status: 'success' });
  expect(bodies).toHaveLength(2);
});

test('200 with a body that is longer than anybody reads was taken', async () => {
  const { result } = await send(30_000, (response) => {
    response.writeHead(200);
    response.end(Buffer.alloc(5 * 1024 * 1024));
  });
  expect(result).toMatchObject({ status: 'success', httpStatus: 200 });
});
