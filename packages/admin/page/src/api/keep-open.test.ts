import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keepOpen, type Stream } from './keep-open.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A stream whose browser is this test. */
class FakeStream implements Stream {
  readyState = 0;
  readonly #listeners: [name: string, listener: () => void][] = [];
  addEventListener(name: 'open' | 'error', listener: () => void): void {
    this.#listeners.push([name, listener]);
  }
  close(): void {
    this.readyState = 2;
  }
  becomes(readyState: number, event: 'open' | 'error'): void {
    this.readyState = readyState;
    for (const [name, listener] of this.#listeners) if (name === event) listener();
  }
}

function kept() {
  const streams: FakeStream[] = [];
  const close = keepOpen(
    () => {
      const stream = new FakeStream();
      streams.push(stream);
      return stream;
    },
    () => 1,
  );
  return { streams, close };
}

test('a browser that has given up is helped, after longer and longer pauses', () => {
  const { streams, close } = kept();
  for (const pause of [2_000, 4_000, 8_000, 16_000, 30_000, 30_000]) {
    const { length } = streams;
    streams.at(-1)?.becomes(2, 'error');
    vi.advanceTimersByTime(pause - 1);
    expect(streams).toHaveLength(length);
    vi.advanceTimersByTime(1);
    expect(streams).toHaveLength(length + 1);
  }
  streams.at(-1)?.becomes(1, 'open');
  streams.at(-1)?.becomes(2, 'error');
  vi.advanceTimersByTime(2_000);
  expect(streams).toHaveLength(8);
  close();
});

test('a browser that connects again by itself is left alone, and nothing is opened after the end', () => {
  const { streams, close } = kept();
  streams[0]?.becomes(0, 'error');
  vi.advanceTimersByTime(60_000);
  expect(streams).toHaveLength(1);
  streams[0]?.becomes(2, 'error');
  close();
  vi.advanceTimersByTime(60_000);
  expect(streams).toHaveLength(1);
  expect(streams[0]?.readyState).toBe(2);
});
