import { basename } from 'node:path';
import { startOtlpReceiver } from '@bellwether/testkit';
import { describe, expect, test } from 'vitest';
import { completeWithSdk, nodes } from './run-with-sdk.ts';

const matrix = nodes.flatMap((node) =>
  ['http-calls.mjs', 'http-calls.cjs', 'http-calls-mixed.mjs'].map((file) => ({
    node,
    file,
    nodeName: basename(node),
  })),
);

describe.each(matrix)('$nodeName $file', ({ node, file }) => {
  test('one call is one span and counts exactly 1, by whatever client', async () => {
    const receiver = await startOtlpReceiver();
    const program = await completeWithSdk(receiver, { file, node });
    const ways = program.stdout.trim().split('\n');
    expect(ways.length).toBeGreaterThanOrEqual(10);

    const spans = receiver.spans({ kind: 'client' });
    const called = spans.map(({ attributes }) => String(attributes['url.full']).split('/').at(-1));
    expect(called.sort()).toEqual([...ways].sort());
    const servers = receiver.spans({ kind: 'server' });
    expect(servers.map(({ parentSpanId }) => parentSpanId).sort()).toEqual(
      spans.map(({ spanId }) => spanId).sort(),
    );

    for (const name of ['http.client.request.duration', 'http.server.request.duration']) {
      const points = receiver.points(name);
      expect(points.every(({ unit }) => unit === 's')).toBe(true);
      expect(points.reduce((sum, { count }) => sum + (count ?? 0), 0)).toBe(ways.length);
    }
  });
});
