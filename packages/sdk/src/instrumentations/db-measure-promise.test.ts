import { expect, test } from 'vitest';
import { measurePromise } from './db-measure-promise.ts';

test.each([undefined, null, 5, {}])('what is no promise (%j) is given back as it is', (answer) => {
  const ends: unknown[] = [];
  const result: unknown = measurePromise(
    () => answer as never,
    (failed) => ends.push(failed),
  );
  expect(result).toBe(answer);
  expect(ends).toEqual([undefined]);
});
