import { expect, test } from 'vitest';
import { logValue } from './log-value.ts';

const none: ReadonlySet<string> = new Set();

test('a nested value, and one that holds itself', () => {
  const loop: Record<string, unknown> = {
    headers: { Cookie: 'a=b', accept: '*/*' },
    list: ['x@y.example'],
  };
  expect(logValue(loop, none)).toEqual({
    headers: { Cookie: 'REDACTED', accept: '*/*' },
    list: ['REDACTED'],
  });
  loop.self = loop;
  expect(JSON.stringify(logValue(loop, none))).toContain('"self":"[Circular]"');
});

test('objects that all know each other, as a request and its socket do, take no long time', () => {
  const knot = Array.from({ length: 15 }, (): Record<string, unknown> => ({}));
  for (const each of knot) for (const [index, other] of knot.entries()) each[`k${index}`] = other;
  const begun = performance.now();
  expect(logValue(knot, none)).toHaveLength(15);
  expect(performance.now() - begun).toBeLessThan(5_000);
});

test('what is too deep is left out', () => {
  const deep = JSON.parse(`${'{"a":'.repeat(9)}1${'}'.repeat(9)}`);
  expect(JSON.stringify(logValue(deep, none))).toContain('"a":"[left out]"');
});

test('an object that may not be read says so, and throws nothing', () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  expect(logValue([proxy, 1], none)).toEqual(['[left out]', 1]);
});

test('errors that cause each other in a circle', () => {
  const error = new Error('a', { cause: new Error('b') });
  (error.cause as Error).cause = error;
  const { stacktrace } = logValue(error, none) as { stacktrace: string };
  expect(stacktrace.match(/caused by/g)?.length).toBeLessThan(7);
});
