import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runProgram } from '@bellwether/testkit';
import { describe, expect, test } from 'vitest';
import { root } from './support/repository.ts';

const run = (...args: string[]) =>
  runProgram({ file: 'scripts/soak.mjs', args, cwd: root, timeoutMs: 540_000 });
const load = (file: string) => import(pathToFileURL(join(root, 'scripts/soak', file)).href);

test('a short soak stays within its wide bounds, and no order is lost', async () => {
  const program = run('--quick', '--json');
  const exit = await program.exited;
  expect(program.stdout, program.stderr).not.toBe('');
  const result = JSON.parse(program.stdout) as {
    readonly broken: readonly string[];
    readonly orders: { readonly placed: number; readonly received: number };
  };
  expect(result.broken).toEqual([]);
  expect(result.orders.placed).toBeGreaterThan(100);
  // More only where a client saw its request fail and the order was placed all the same, which `broken` knows.
  expect(result.orders.received).toBeGreaterThanOrEqual(result.orders.placed);
  expect(exit).toEqual({ code: 0, signal: null });
}, 600_000);

test.each([
  [['--for', '10s'], /Expected --for to be at least 30s, got 10s/],
  [['--for', 'ever'], /Expected --for to be a time from 1s to 24h such as 60s or 5m, got ever/],
  [['--rate', '0'], /Expected --rate to be a whole number from 1 to 1000, got 0/],
])('npm run soak %s is refused', async (args, message) => {
  const program = run(...args);
  expect(await program.exited).toEqual({ code: 2, signal: null });
  expect(program.stderr).toMatch(message);
});

describe('trend', async () => {
  const { trend } = (await load('trend.mjs')) as {
    readonly trend: (samples: readonly (readonly [number, number])[]) => {
      readonly slope: number;
      readonly error: number;
    };
  };
  const minutes = Array.from({ length: 60 }, (_, index) => index * 60);

  test('a straight line has its slope by the hour, and no error', () => {
    const { slope, error } = trend(minutes.map((seconds) => [seconds, 10 + seconds / 1_800]));
    expect(slope).toBeCloseTo(2, 10);
    expect(error).toBeCloseTo(0, 6);
  });

  test('a flat line with noise is flat within its error', () => {
    const { slope, error } = trend(minutes.map((seconds, index) => [seconds, (index * 7919) % 13]));
    expect(Math.abs(slope)).toBeLessThan(2 * error);
  });

  test('samples that lean on their neighbours have a wider error than the same ones shuffled', () => {
    const values = minutes.map((_, index) => Math.sin(index / 5));
    const shuffled = minutes.map((_, index) => values[(index * 37) % 60] ?? 0);
    const line = (ys: readonly number[]) =>
      trend(minutes.map((seconds, index) => [seconds, ys[index] ?? 0]));
    expect(line(values).error).toBeGreaterThan(2 * line(shuffled).error);
  });

  test('too few samples say nothing', () => {
    expect(trend([[0, 1]])).toEqual({ slope: Number.NaN, error: Number.NaN });
  });
});

describe('judge', async () => {
  const { judge } = (await load('judge.mjs')) as {
    readonly judge: (
      samples: readonly object[],
      plan: { readonly quick: boolean; readonly warmUp: number },
    ) => { readonly broken: readonly string[] };
  };
  const flat = { heap: 16, external: 4, rss: 90, handles: 9, descriptors: 30, delay: 11 };
  const hour = (change: (seconds: number) => object) =>
    Array.from({ length: 60 }, (_, minute) => ({
      seconds: minute * 60,
      bare: flat,
      sdk: { ...flat, series: 900, ...change(minute * 60) },
    }));
  const plan = { quick: false, warmUp: 600 };

  test('flat is well, whatever the warm-up did', () => {
    const samples = hour((seconds) => ({ heap: seconds < 600 ? seconds : 16 }));
    expect(judge(samples, plan).broken).toEqual([]);
  });

  test.each([
    ['heap', 3, /^heap used after a collection: 3\.0 ± 0\.0 an hour is above 2$/],
    ['descriptors', 60, /^file descriptors: 60\.0 /],
    ['series', 600, /^series sent: /],
  ])('a growing %s is found', (name, anHour, message) => {
    const samples = hour((seconds) => ({ [name]: 20 + (seconds / 3_600) * anHour }));
    expect(judge(samples, plan).broken).toEqual([expect.stringMatching(message)]);
  });

  test('an event loop that is slower than the bare one is found', () => {
    const samples = hour(() => ({ delay: 20 }));
    expect(judge(samples, plan).broken).toEqual([
      "event loop delay p99: 9.0 ± 0.0 ms above the bare twin's is above 5.0",
    ]);
  });

  test('on a machine that makes the bare one slow too, moment by moment, it is found in the difference, within the noise', () => {
    const noisy = (more: number) =>
      hour(() => ({})).map(({ seconds, bare, sdk }, minute) => {
        const delay = 11 + ((minute * 7919) % 31);
        return { seconds, bare: { ...bare, delay }, sdk: { ...sdk, delay: delay + more } };
      });
    expect(judge(noisy(6), plan).broken).toEqual([]);
    expect(judge(noisy(12), plan).broken).toEqual([
      expect.stringMatching(/^event loop delay p99: 12\.0 ± 0\.0 ms above .* is above [78]\.\d$/),
    ]);
  });
});
