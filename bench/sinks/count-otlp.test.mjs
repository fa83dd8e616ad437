import { expect, test } from 'vitest';
import { countOtlp } from './count-otlp.mjs';

/** A length-delimited field of protobuf. */
const field = (number, ...parts) => {
  const body = Buffer.concat(parts);
  const length = body.length < 128 ? [body.length] : [(body.length & 127) | 128, body.length >> 7];
  return Buffer.concat([Buffer.from([(number << 3) | 2, ...length]), body]);
};
const fixed64 = (number) => Buffer.from([(number << 3) | 1, 0, 0, 0, 0, 0, 0, 0, 0]);
const name = field(1, Buffer.from('a name'));

test('spans of every scope and resource', () => {
  const span = field(2, fixed64(7), field(5, Buffer.alloc(200)));
  const scope = field(2, field(1, name), span, span);
  const body = Buffer.concat([field(1, field(1), scope, scope), field(1, scope)]);
  expect(countOtlp('/v1/traces', body)).toEqual({ spans: 6, points: 0, logs: 0 });
});

test('points of sums and histograms, not metrics', () => {
  const point = field(1, fixed64(2));
  const metrics = [field(2, name, field(7, point, point)), field(2, name, field(9, point))];
  const body = field(1, field(2, ...metrics));
  expect(countOtlp('/v1/metrics', body)).toEqual({ spans: 0, points: 3, logs: 0 });
});
