import { type OtlpReceiver, type Program, startOtlpReceiver } from '@bellwether/testkit';
import { beforeEach, expect, test } from 'vitest';
import { runWithSdk } from './run-with-sdk.ts';

interface Seen {
  readonly tenant?: string;
  readonly baggage?: string;
  readonly traceparent?: string;
}

let receiver: OtlpReceiver;
beforeEach(async () => {
  receiver = await startOtlpReceiver();
});

type Env = Readonly<Record<string, string>>;

async function start(
  file: string,
  env: Env,
): Promise<{ url: string; port: string; program: Program }> {
  const program = runWithSdk(receiver, { file, env });
  const [, port = ''] = await program.waitForLine(/port (\d+)/);
  return { url: `http://127.0.0.1:${port}`, port, program };
}

const ask = async (url: string, headers: Env = {}): Promise<Seen> => {
  const response = await fetch(url, { headers });
  return (await response.json()) as Seen;
};

const listed = { BELLWETHER_BAGGAGE_HOSTS: '127.0.0.1' };

test.each(['/http', '/fetch'])('between listed hosts the tenant travels, by %s', async (client) => {
  const back = await start('http-back.mjs', listed);
  const front = await start('http-front.mjs', { ...listed, BACK: back.url });
  const seen = await ask(`${front.url}${client}`, { 'x-api-key': 'acme' });
  expect(seen).toMatchObject({ tenant: 'acme', baggage: 'tenant.id=acme' });
  back.program.kill();
  await back.program.exited;
  const points = receiver.points('http.server.request.duration', { 'tenant.id': 'acme' });
  expect(points.map(({ count }) => count)).toEqual([1]);
});

test.each(['/http', '/fetch'])('nobody gets baggage who is not listed, by %s', async (client) => {
  const back = await start('http-back.mjs', listed);
  for (const hosts of ['', 'localhost', '127.0.0.1:1', '127.0.0.2', '10.0.0.0/8']) {
    const front = await start('http-front.mjs', {
      BELLWETHER_BAGGAGE_HOSTS: hosts,
      BACK: back.url,
    });
    const seen = await ask(`${front.url}${client}`, {
      'x-api-key': 'acme',
      baggage: 'tenant.id=evil,region=eu',
    });
    expect(seen.baggage).toBeUndefined();
    expect(seen.tenant).toBeUndefined();
    expect(seen.traceparent).toBeDefined();
    await front.program.stop();
  }
});

test('baggage and headers from strangers change nothing, and are not passed on', async () => {
  const last = await start('http-back.mjs', listed);
  const back = await start('http-back.mjs', {
    BELLWETHER_BAGGAGE_HOSTS: '10.0.0.7',
    NEXT: last.url,
  });
  const spoofed = {
    baggage: 'tenant.id=evil',
    'x-tenant-id': 'evil',
    'x-tenant': 'evil',
    'tenant.id': 'evil',
    'x-forwarded-for': '10.0.0.7',
    forwarded: 'for=10.0.0.7',
  };
  expect((await ask(back.url, spoofed)).tenant).toBeUndefined();
  const passedOn = await ask(`${back.url}/on`, spoofed);
  expect(passedOn.baggage).toBeUndefined();
  expect(passedOn.tenant).toBeUndefined();
  back.program.kill();
  await back.program.exited;
  expect(receiver.points('http.server.request.duration', { 'tenant.id': 'evil' })).toEqual([]);
  expect(receiver.spans({ attributes: { 'tenant.id': 'evil' } })).toEqual([]);
});

test('a listed host that sends a malformed tenant names none', async () => {
  const back = await start('http-back.mjs', listed);
  for (const value of ['', '%20', 'a%2Cb', 'a%3Db', '%00', 'x'.repeat(4_000)]) {
    const seen = await ask(back.url, { baggage: `tenant.id=${value}` });
    expect(seen.tenant).toBeUndefined();
  }
  expect((await ask(back.url, { baggage: 'tenant.id=acme' })).tenant).toBe('acme');
});

test('a redirect from a listed host to another one does not carry the baggage along', async () => {
  const stranger = await start('http-back.mjs', {});
  const back = await start('http-back.mjs', { ...listed, AWAY: stranger.url });
  const front = await start('http-front.mjs', {
    BELLWETHER_BAGGAGE_HOSTS: `127.0.0.1:${back.port}`,
    BACK: back.url,
  });
  const seen = await ask(`${front.url}/fetch?to=/away`, { 'x-api-key': 'acme' });
  expect(seen.baggage).toBeUndefined();
  expect(seen.traceparent).toBeDefined();
});

test('a malformed entry is one line, and the others count', async () => {
  const back = await start('http-back.mjs', {
    BELLWETHER_BAGGAGE_HOSTS: 'http://orders, 127.0.0.1',
  });
  expect((await ask(back.url, { baggage: 'tenant.id=acme' })).tenant).toBe('acme');
  expect(back.program.stderr.trim().split('\n')).toEqual([
    expect.stringContaining('got "http://orders"; this entry is ignored'),
  ]);
});
