import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AdminApp, startAdminApp, superAdmin } from './support/admin-app.ts';

let app: AdminApp;
let script: string;
beforeAll(async () => {
  app = await startAdminApp({
    prometheus: { url: 'http://127.0.0.1:1' },
    pageFolder: fileURLToPath(new URL('../dist/page', import.meta.url)),
  });
  const page = (await ask('', '')).body.toString();
  script = /src="\.\/(assets\/[\w-]+\.js)"/.exec(page)?.[1] ?? '';
});
afterAll(() => app?.stop());

/** Not fetch, which decompresses and does not say so. */
async function ask(path: string, accepted: string, headers: Record<string, string> = {}) {
  const asked = request(app.url + path, {
    headers: {
      'accept-encoding': accepted,
      'x-test-identity': JSON.stringify(superAdmin),
      ...headers,
    },
  });
  asked.end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  return {
    status: response.statusCode,
    headers: response.headers,
    body: await buffer(response),
  };
}

test('a script is sent as small as the reader can take it, for ever, and is the same each time', async () => {
  const [br, gzip, plain] = await Promise.all([
    ask(script, 'gzip, deflate, br, zstd'),
    ask(script, 'gzip, deflate'),
    ask(script, 'identity'),
  ]);
  expect([br, gzip, plain].map(({ headers }) => headers['content-encoding'])).toEqual([
    'br',
    'gzip',
    undefined,
  ]);
  for (const { status, headers } of [br, gzip, plain]) {
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(headers.vary).toBe('Accept-Encoding');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
  }
  expect(new Set([br, gzip, plain].map(({ headers }) => headers.etag)).size).toBe(3);
  expect(brotliDecompressSync(br.body).equals(plain.body)).toBe(true);
  expect(gunzipSync(gzip.body).equals(plain.body)).toBe(true);
  expect(br.body.length).toBeLessThan(gzip.body.length);
  expect(gzip.body.length).toBeLessThan(plain.body.length / 2);
});

test('what a browser has is not sent again, and what is not there is not kept', async () => {
  const first = await ask(script, 'br');
  const again = await ask(script, 'br', { 'if-none-match': `${first.headers.etag}` });
  expect([again.status, again.body.length]).toEqual([304, 0]);
  const none = await ask('assets/none-12345678.js', 'br');
  expect([none.status, none.headers['cache-control']]).toEqual([404, 'no-store']);
  expect((await ask('', 'br')).headers['cache-control']).toBe('no-cache');
});
