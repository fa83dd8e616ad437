import { expect, test } from 'vitest';
import { answerCache } from './answer-cache.ts';

const sizeOf = ({ length }: string) => length;

test('an answer is asked for once, and again when it is old', async () => {
  let time = 0;
  let asked = 0;
  const cache = answerCache<string>({ seconds: 5, maxBytes: 10_000, sizeOf, now: () => time });
  const get = () => cache.get('a', async () => `answer ${++asked}`);
  expect(await Promise.all([get(), get(), get()])).toEqual(['answer 1', 'answer 1', 'answer 1']);
  time = 4_999;
  expect(await get()).toBe('answer 1');
  time = 5_000;
  expect(await get()).toBe('answer 2');
});

test('an error is not kept, and told to all who waited for it', async () => {
  const cache = answerCache<string>({ seconds: 5, maxBytes: 10_000, sizeOf });
  const fail = () => cache.get('a', () => Promise.reject(new Error('no')));
  const [first, second] = await Promise.allSettled([fail(), fail()]);
  expect([first.status, second.status]).toEqual(['rejected', 'rejected']);
  expect(await cache.get('a', async () => 'yes')).toBe('yes');
});

test('the oldest goes when there is no room, and what is too large is never kept', async () => {
  const cache = answerCache<string>({ seconds: 5, maxBytes: 1_000, sizeOf });
  const asked: string[] = [];
  const get = (key: string, size: number) =>
    cache.get(key, async () => {
      asked.push(key);
      return 'x'.repeat(size);
    });
  for (const key of ['a', 'b', 'c']) await get(key, 200);
  await get('c', 200);
  await get('a', 200);
  for (let i = 0; i < 2; i++) await get('large', 2_000);
  expect(asked).toEqual(['a', 'b', 'c', 'a', 'large', 'large']);
});

test('nothing is kept for 0 seconds, and still asked once at a time', async () => {
  let asked = 0;
  const cache = answerCache<string>({ seconds: 0, maxBytes: 1_000, sizeOf });
  const get = () => cache.get('a', async () => `${++asked}`);
  await Promise.all([get(), get()]);
  await get();
  expect(asked).toBe(2);
});
