import { expect, test } from 'vitest';
import { NotRecordedSpan } from './not-recorded-span.ts';

test('spans of one trace have its id, whoever is asked first', () => {
  const root = new NotRecordedSpan(undefined);
  const child = new NotRecordedSpan(root);
  const grandchild = new NotRecordedSpan(child);
  const { traceId, spanId } = grandchild.spanContext();
  expect(root.spanContext().traceId).toBe(traceId);
  expect(child.spanContext().traceId).toBe(traceId);
  expect(new Set([root, child].map((span) => span.spanContext().spanId)).has(spanId)).toBe(false);
});

test('below a span of another process its trace goes on', () => {
  const remote = { traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: 0, isRemote: true };
  const span = new NotRecordedSpan(new NotRecordedSpan(remote));
  expect(span.spanContext()).toMatchObject({ traceId: remote.traceId, traceFlags: 0 });
});

test('work whose every round begins inside of the last one keeps no chain of spans', () => {
  let span = new NotRecordedSpan(undefined);
  const first = span;
  for (let round = 0; round < 200_000; round++) span = new NotRecordedSpan(span);
  expect(span.spanContext().traceId).toBe(first.spanContext().traceId);
});
