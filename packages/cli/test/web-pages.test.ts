import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startStack } from '../src/index.ts';

test('a web page in the browser of this machine can neither read Prometheus nor end it', {
  timeout: 600_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'web-pages-'));
  const stack = await startStack({ dataDir: folder, services: ['prometheus'] });
  try {
    const ask = (path: string, method: string) =>
      fetch(`${stack.addresses.prometheus}${path}`, {
        method,
        headers: { origin: 'http://page.example' },
      });
    const read = await ask('/api/v1/query?query=1', 'GET');
    expect(read.status).toBe(200);
    expect(read.headers.get('access-control-allow-origin')).toBeNull();
    expect((await ask('/-/reload', 'POST')).status).toBe(403);
    expect((await ask('/-/quit', 'POST')).status).toBe(403);
    expect(stack.status().state).toBe('running');
  } finally {
    await stack.stop({ volumes: true });
    rmSync(folder, { recursive: true, force: true });
  }
});
