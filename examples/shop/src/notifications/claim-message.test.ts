import { expect, test } from 'vitest';
import { shareOf } from './claim-message.ts';

const limits = { messagesPerMinute: 20 };

test('a calm channel tells group by group', () => {
  expect(shareOf(1, 0, 60, limits)).toBe('group');
  expect(shareOf(10, 0, 60, limits)).toBe('group');
  expect(shareOf(2, 8, 0, limits)).toBe('group');
});

test('more groups than are left are one message', () => {
  expect(shareOf(11, 0, 60, limits)).toBe('all');
  expect(shareOf(2, 9, 0, limits)).toBe('all');
});

test('after that one message takes all, every six seconds', () => {
  expect(shareOf(1, 10, 5.9, limits)).toBe('nothing');
  expect(shareOf(1, 10, 6, limits)).toBe('all');
});

test('a limit of one is one a minute', () => {
  expect(shareOf(1, 0, 60, { messagesPerMinute: 1 })).toBe('group');
  expect(shareOf(2, 0, 60, { messagesPerMinute: 1 })).toBe('all');
  expect(shareOf(1, 1, 59, { messagesPerMinute: 1 })).toBe('nothing');
});

test('a flood of ten minutes stays below the limit in every minute', () => {
  const sent: number[] = [];
  for (let second = 0; second < 600; second += 0.1) {
    const recent = sent.filter((at) => at > second - 60);
    if (shareOf(5, recent.length, second - (sent.at(-1) ?? -60), limits) !== 'nothing')
      sent.push(second);
  }
  const most = sent.map((from) => sent.filter((at) => at >= from && at < from + 60).length);
  expect(Math.max(...most)).toBeLessThanOrEqual(20);
  expect(sent.length).toBeGreaterThan(90);
});
