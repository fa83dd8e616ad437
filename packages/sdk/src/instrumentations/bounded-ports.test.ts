import { expect, test } from 'vitest';
import { boundedPorts } from './bounded-ports.ts';

test('keeps the first ports and the default ones, and leaves the rest out', () => {
  const port = boundedPorts(2);
  expect([8080, 8081, 8082, 8080, 80, 443, undefined].map(port)).toEqual([
    8080,
    8081,
    undefined,
    8080,
    80,
    443,
    undefined,
  ]);
});
