import { expect, test } from 'vitest';
import { createPacer } from './pacer.ts';

function virtualClock() {
  let time = 0;
  const slept: number[] = [];
  return {
    slept,
    pass: (ms: number) => {
      time += ms;
    },
    now: () => time,
    sleep: async (ms: number) => {
      slept.push(ms);
      time += ms;
    },
  };
}

test('gives out rate x duration turns and no more, however many ask', async () => {
  const clock = virtualClock();
  const pacer = createPacer(10, 2, undefined, clock);
  let given = 0;
  while (await pacer.next()) given += 1;
  expect(given).toBe(20);
  expect(clock.slept).toEqual(Array.from({ length: 19 }, () => 100));
  expect(await pacer.next()).toBe(false);
});

test('catches up after a pause instead of slowing down', async () => {
  const clock = virtualClock();
  const pacer = createPacer(10, 10, undefined, clock);
  await pacer.next();
  clock.pass(500);
  for (let turn = 0; turn < 5; turn++) expect(await pacer.next()).toBe(true);
  expect(clock.slept).toEqual([]);
});

test('gives none after the time is over', async () => {
  const clock = virtualClock();
  const pacer = createPacer(10, 1, undefined, clock);
  clock.pass(1_000);
  expect(await pacer.next()).toBe(false);
});

test('gives none after an abort, also to those who wait', async () => {
  const stop = new AbortController();
  const pacer = createPacer(1, 100, stop.signal);
  expect(await pacer.next()).toBe(true);
  const waiting = pacer.next();
  stop.abort();
  expect(await waiting).toBe(false);
});
