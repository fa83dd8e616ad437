import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pollUntil } from '@bellwether/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { root } from './support/repository.ts';

interface StandIn {
  readonly url: string;
  target(address: string): void;
  set(state: string): void;
  spoiled(): number;
  close(): void;
}

const { standInForCollector } = (await import(
  pathToFileURL(join(root, 'scripts/chaos/stand-in.mjs')).href
)) as { standInForCollector(): Promise<StandIn> };

/** A Collector that takes everything, and the stand-in before it. */
async function pair() {
  const taken: string[] = [];
  const collector = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      taken.push(`${request.url} ${body}`);
      response.writeHead(200, { 'content-type': 'text/plain' }).end('thanks');
    });
  });
  await new Promise<void>((done) => collector.listen(0, '127.0.0.1', done));
  const standIn = await standInForCollector();
  onTestFinished(() => {
    standIn.close();
    collector.closeAllConnections();
    collector.close();
  });
  standIn.target(`http://127.0.0.1:${(collector.address() as AddressInfo).port}`);
  const post = (signal?: AbortSignal) =>
    fetch(`${standIn.url}/v1/metrics`, {
      ...{ method: 'POST', body: 'points' },
      ...(signal && { signal }),
    });
  return { standIn, collector, taken, post };
}

test('a well one hands on what comes, and the answer', async () => {
  const { standIn, taken, post } = await pair();
  const answer = await post();
  expect([answer.status, await answer.text()]).toEqual([200, 'thanks']);
  expect(taken).toEqual(['/v1/metrics points']);
  expect(standIn.spoiled()).toBe(0);
});

test.each([429, 503, 400])('one that answers %i hands nothing on', async (status) => {
  const { standIn, taken, post } = await pair();
  standIn.set(String(status));
  expect((await post()).status).toBe(status);
  expect(taken).toEqual([]);
  expect(standIn.spoiled()).toBe(1);
});

test('a hung one never answers, and cuts its callers off when it is mended', async () => {
  const { standIn, taken, post } = await pair();
  standIn.set('hung');
  const asked = post();
  const failed = expect(asked).rejects.toThrow('fetch failed');
  await pollUntil(() => standIn.spoiled() === 1);
  standIn.set('pass');
  await failed;
  expect(taken).toEqual([]);
  expect((await post()).status).toBe(200);
});

test('a slow one hands on at once', async () => {
  const { standIn, taken, post } = await pair();
  standIn.set('slow');
  const giveUp = new AbortController();
  const failed = expect(post(giveUp.signal)).rejects.toThrow('aborted');
  await pollUntil(() => taken.length === 1);
  giveUp.abort();
  await failed;
});

test('garbage is no HTTP, or 200 with a body that is no OTLP', async () => {
  const { standIn, taken, post } = await pair();
  standIn.set('garbage');
  await expect(post()).rejects.toThrow('fetch failed');
  const answer = await post();
  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain('nobody speaks this');
  expect(taken).toEqual([]);
});

test('without a Collector the connection is cut', async () => {
  const { collector, post } = await pair();
  collector.closeAllConnections();
  await new Promise((done) => collector.close(done));
  await expect(post()).rejects.toThrow('fetch failed');
});

test('a state that it does not know is refused', async () => {
  const { standIn } = await pair();
  expect(() => standIn.set('asleep')).toThrow(/Expected one of .*hung.*, got asleep/);
});
