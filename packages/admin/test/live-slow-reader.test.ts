import { once } from 'node:events';
import { connect } from 'node:net';
import { pollUntil } from '@bellwether/testkit';
import { expect, test, vi } from 'vitest';
import { startAdminApp, superAdmin } from './support/admin-app.ts';
import { startHostileServer, vector } from './support/hostile-server.ts';

vi.setConfig({ testTimeout: 240_000 });

/** Five megabytes an event, so that soon more waits than what the kernel keeps for a reader. */
const rows = Array.from(
  { length: 20 },
  (_, row) => [{ currency: `${row} ${'x'.repeat(40_000)}` }, row] as const,
);

test('who does not read the live stream is dropped, and keeps nobody else from it', async () => {
  const prometheus = await startHostileServer(vector(...rows));
  const app = await startAdminApp({
    prometheus: { url: prometheus.url },
    maxLive: 2,
    liveSeconds: 1,
    cacheSeconds: 0,
  });
  const stop = new AbortController();
  const { port, pathname } = new URL(app.url);
  const slow = connect(Number(port), '127.0.0.1');
  try {
    slow.on('error', () => {});
    slow.write(
      `GET ${pathname}api/live HTTP/1.1\r\nHost: x\r\nX-Test-Identity: ${JSON.stringify(superAdmin)}\r\n\r\n`,
    );
    // Nothing is taken from it: it is there, and that is all.
    await once(slow, 'readable');
    const reader = await app.ask('api/live', superAdmin, { signal: stop.signal });
    expect(reader.status).toBe(200);
    let sent = 0;
    const reading = (async () => {
      for await (const { length } of reader.body ?? []) sent += length;
    })().catch(() => {});
    await pollUntil(() => sent > 25_000_000, { timeoutMs: 120_000, message: 'five events' });

    let taken = 0;
    slow.on('data', ({ length }) => {
      taken += length;
    });
    await once(slow, 'close', { signal: AbortSignal.timeout(60_000) });
    expect(taken).toBeLessThan(sent);
    const next = await app.ask('api/live', superAdmin, { signal: stop.signal });
    expect(next.status).toBe(200);
    stop.abort();
    await reading;
  } finally {
    stop.abort();
    slow.destroy();
    await Promise.all([app.stop(), prometheus.stop()]);
  }
});
