import { expect, test } from 'vitest';
import { Outbox } from './outbox.ts';

const open = () => Promise.withResolvers<void>();

test('two flushes at the same time are over when both are', async () => {
  const outbox = new Outbox(undefined);
  const [short, long] = [open(), open()];
  const first = outbox.drain(() => short.promise, true);
  const second = outbox.drain(() => long.promise, true);
  short.resolve();
  await first;
  expect(outbox.waitsForAll).toBe(true);
  expect(outbox.hurry.aborted).toBe(true);
  long.resolve();
  await second;
  expect(outbox.waitsForAll).toBe(false);
  expect(outbox.hurry.aborted).toBe(false);
});

test('a flush of the application that ends first leaves the last one its hurry', async () => {
  const outbox = new Outbox(undefined);
  const [flush, end] = [open(), open()];
  const flushing = outbox.drain(() => flush.promise, false);
  const ending = outbox.drain(() => end.promise, true);
  flush.resolve();
  await flushing;
  expect([outbox.waitsForAll, outbox.hurry.aborted]).toEqual([true, true]);
  end.resolve();
  await ending;
});

test('what one can not say at the end costs the others nothing', () => {
  const outbox = new Outbox(undefined);
  const request = { url: 'http://127.0.0.1:4318/v1/metrics', headers: {}, body: new Uint8Array() };
  outbox.addUnsent(() => {
    throw new RangeError('Maximum call stack size exceeded');
  });
  outbox.addUnsent(() => request);
  expect(outbox.lastRequests()).toEqual([request]);
});
