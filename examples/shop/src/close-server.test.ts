import { Agent, createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { closable } from './close-server.ts';

/** A server that answers `/slow` when told, and a client with one connection that it keeps. */
async function serverAndClient() {
  const open: (() => void)[] = [];
  const server = createServer((request, response) => {
    if (request.url === '/slow') open.push(() => response.end('done'));
    else response.end('quick');
  });
  const close = closable(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => {
    agent.destroy();
    server.closeAllConnections();
  });
  const ask = (path: string) =>
    new Promise<string>((resolve, reject) => {
      get({ host: '127.0.0.1', port, path, agent }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.once('end', () => resolve(text));
        response.once('error', reject);
      }).once('error', reject);
    });
  return { open, close, ask };
}

test('an open request is answered, and its connection closed after it', async () => {
  const { open, close, ask } = await serverAndClient();
  const slow = ask('/slow');
  await expect.poll(() => open.length).toBe(1);
  const closed = close();
  open[0]?.();
  expect(await slow).toBe('done');
  const began = performance.now();
  await closed;
  expect(performance.now() - began).toBeLessThan(2_000);
});

test('a client that asks without a pause on one connection does not keep the server', async () => {
  const { close, ask } = await serverAndClient();
  let answered = 0;
  const asking = (async () => {
    for (;;) {
      await ask('/quick');
      answered += 1;
    }
  })().catch((error: NodeJS.ErrnoException) => error.code);
  await expect.poll(() => answered).toBeGreaterThan(10);
  await close();
  expect(await asking).toMatch(/^ECONN(REFUSED|RESET)$/);
});

test('closing a server that does not listen is an error', async () => {
  const close = closable(createServer());
  await expect(close()).rejects.toMatchObject({ code: 'ERR_SERVER_NOT_RUNNING' });
});
