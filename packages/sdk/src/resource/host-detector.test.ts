import { hostDetector as upstream } from '@opentelemetry/resources';
import { expect, test } from 'vitest';
import { hostDetector } from './host-detector.ts';

test('it finds what upstream finds', async () => {
  const theirs = Object.entries(upstream.detect().attributes ?? {});
  const settled = await Promise.all(
    theirs.map(async ([key, value]) => [key, await value] as const),
  );
  expect(hostDetector.detect().attributes).toEqual(Object.fromEntries(settled));
});
