import { expect, test } from 'vitest';
import { turns } from './turns.ts';

const never = new AbortController().signal;

/** Work that ends when it is told to. */
function work() {
  let end = () => {};
  const promise = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { promise, end: () => end() };
}

test('so many at a time, so many waiting, the next is refused', async () => {
  const { run } = turns(2, 1);
  const jobs = [work(), work(), work()] as const;
  let most = 0;
  let now = 0;
  const started = jobs.map(({ promise }) =>
    run(async () => {
      most = Math.max(most, ++now);
      await promise;
      now -= 1;
    }, never),
  );
  await expect(run(async () => {}, never)).rejects.toMatchObject({ code: 'ERR_ADMIN_BUSY' });
  for (const { end } of jobs) end();
  await Promise.all(started);
  expect(most).toBe(2);
  await expect(run(async () => 'free again', never)).resolves.toBe('free again');
});

test('who waits too long leaves the queue, and a failure gives its place back', async () => {
  const { run } = turns(1, 1);
  const first = work();
  const running = run(() => first.promise, never);
  const impatient = new AbortController();
  const waiting = run(async () => {}, impatient.signal);
  impatient.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'ERR_ADMIN_BUSY', retryAfter: 2 });
  first.end();
  await running;
  await expect(run(() => Promise.reject(new Error('no')), never)).rejects.toThrow('no');
  await expect(run(async () => 1, never)).resolves.toBe(1);
});
