import { expect, test } from 'vitest';
import { pollUntil } from './poll-until.ts';

test('returns the first truthy answer', async () => {
  let asked = 0;
  expect(await pollUntil(() => (asked++ === 3 ? 'there' : undefined), { everyMs: 1 })).toBe(
    'there',
  );
});

test('an ask that throws counts as not yet', async () => {
  let asked = 0;
  const answer = await pollUntil(
    () => {
      if (asked++ < 2) throw new Error('not yet');
      return asked;
    },
    { everyMs: 1 },
  );
  expect(answer).toBe(3);
});

test('gives up with the last answer, or the last error and its cause', async () => {
  const options = { timeoutMs: 20, everyMs: 1, message: 'the order' };
  await expect(pollUntil(() => 0, options)).rejects.toThrow(
    'Expected the order within 20 ms, got 0',
  );
  const cause = new Error('connection refused');
  await expect(pollUntil(() => Promise.reject(cause), options)).rejects.toMatchObject({
    message: 'Expected the order within 20 ms, got Error: connection refused',
    cause,
  });
});

test('an ask that never answers does not outlive the deadline', async () => {
  await expect(pollUntil(() => new Promise(() => {}), { timeoutMs: 30 })).rejects.toThrow(
    'Expected the condition within 30 ms, got no answer',
  );
});
