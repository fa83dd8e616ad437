import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pollUntil } from '@bellwether/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { root } from './support/repository.ts';

interface Twin {
  readonly sent: number;
  readonly answered: number;
  readonly failed: number;
  readonly cutOff: number;
  readonly reasons: Readonly<Record<string, { readonly count: number }>>;
}
interface Load {
  readonly twins: readonly [Twin];
  stop(withinMs?: number): Promise<void>;
}

const { startLoad } = (await import(pathToFileURL(join(root, 'scripts/soak/load.mjs')).href)) as {
  startLoad(options: {
    readonly ports: readonly number[];
    readonly rate: number;
    readonly living: number;
    readonly tenantMs: number;
  }): Load;
};

/** A service that keeps its answers until it is told to give them, and load on it. */
async function keptWaiting() {
  const held: ServerResponse[] = [];
  let answering = false;
  const server = createServer((request, response) => {
    request.resume();
    if (answering) response.end();
    else held.push(response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const load = startLoad({ ports: [port], rate: 200, living: 3, tenantMs: 1_000 });
  onTestFinished(() => load.stop(0));
  await pollUntil(() => load.twins[0].sent > 100, { timeoutMs: 60_000 });
  return {
    load,
    twin: load.twins[0],
    answer() {
      answering = true;
      for (const response of held.splice(0)) response.end();
    },
  };
}

test('what a slow service has not answered at the end is waited for, and has not failed', async () => {
  const { load, twin, answer } = await keptWaiting();
  const stopped = load.stop();
  answer();
  await stopped;
  expect(twin).toMatchObject({ failed: 0, cutOff: 0, reasons: {} });
  expect(twin.answered).toBeGreaterThan(90);
});

test('what is not answered in time either was cut off by us, and has not failed', async () => {
  const { load, twin } = await keptWaiting();
  await load.stop(50);
  expect(twin.failed).toBe(0);
  expect(twin.cutOff).toBeGreaterThan(90);
});
