import { fileURLToPath } from 'node:url';
import { hostDetector as upstream } from '@opentelemetry/resources';
import { expect, test } from 'vitest';
import { hostDetector, hostId } from './host-detector.ts';

test('it finds what upstream finds', async () => {
  const theirs = Object.entries(upstream.detect().attributes ?? {});
  const settled = await Promise.all(
    theirs.map(async ([key, value]) => [key, await value] as const),
  );
  expect(hostDetector.detect().attributes).toEqual(Object.fromEntries(settled));
});

test('in a container, which has no id of a machine, there is no such attribute', () => {
  expect(hostId(['/nowhere/machine-id', '/dev/null'])).toEqual({});
  expect(Object.keys(hostId(['/nowhere/machine-id', fileURLToPath(import.meta.url)]))).toEqual([
    'host.id',
  ]);
});
