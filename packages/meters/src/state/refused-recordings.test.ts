import { DiagLogLevel, diag } from '@opentelemetry/api';
import { afterEach, expect, test, vi } from 'vitest';
import { freshState, write } from '../../test/support/fresh-state.ts';
import { oneOf, optional, upTo } from '../attributes/kinds.ts';
import { counter, gauge, histogram, upDownCounter } from '../catalog/definition.ts';

afterEach(() => diag.disable());
const nothing = () => {};

test('nothing throws, all is counted by reason, each reason is said once', async () => {
  const warn = vi.fn();
  const logger = { error: nothing, warn, info: nothing, debug: nothing, verbose: nothing };
  diag.setLogger(logger, DiagLogLevel.WARN);
  const { instrument, values } = freshState();
  const attributes = { status: oneOf('paid', 'declined'), code: optional(upTo(3, 'int')) };
  const orders = instrument(counter('orders', { attributes, tenant: false }));
  const right = { status: 'paid' };
  orders.record(Number.NaN, right);
  orders.record(Number.POSITIVE_INFINITY, right);
  orders.record(Number.NEGATIVE_INFINITY, right);
  orders.record('5' as never, right);
  orders.record(undefined as never, right);
  orders.record(5n as never, right);
  orders.record(-1, right);
  orders.record(1, { status: 'stolen' });
  orders.record(1, { status: ['paid'] as never });
  orders.record(1, { status: 'paid', code: 1.5 });
  orders.record(1, { status: 'paid', code: '200' });
  orders.record(1, { status: 'paid', region: 'x' });
  orders.record(1, { code: 200 });
  orders.record(1);
  orders.record(1, null as never);
  orders.record(1, { status: undefined });
  write(orders.bind({ status: 'stolen' }), 1);
  write(orders.bind(right), Number.NaN);
  expect(await values('orders')).toEqual({});
  expect(await values('bellwether.meters.refused')).toEqual({
    '{"reason":"not_a_finite_number"}': 7,
    '{"reason":"negative"}': 1,
    '{"reason":"unknown_value"}': 6,
    '{"reason":"unknown_attribute"}': 1,
    '{"reason":"missing_attribute"}': 4,
  });
  expect(warn).toHaveBeenCalledTimes(5);
  expect(warn.mock.calls[0]?.[0]).toBe(
    'orders: refused a recording (not_a_finite_number); counted in bellwether.meters.refused, said once.',
  );
});

test('what may be negative', async () => {
  const { instrument, values } = freshState();
  instrument(gauge('g', { tenant: false })).record(-1);
  instrument(upDownCounter('u', { tenant: false })).record(-1);
  instrument(histogram('h', { tenant: false })).record(-1);
  expect(await values('g')).toEqual({ '{}': -1 });
  expect(await values('u')).toEqual({ '{}': -1 });
  expect(await values('h')).toEqual({});
});

test('the order of keys does not matter; `false` and 0 are values', async () => {
  const { instrument, values } = freshState();
  const attributes = { a: oneOf('x', false, 0), b: optional(oneOf('y')), c: upTo(2) };
  const c = instrument(counter('c', { attributes, tenant: false }));
  c.record(1, { a: 'x', b: 'y', c: 'z' });
  c.record(1, { c: 'z', b: 'y', a: 'x' });
  c.record(1, { c: '', a: false });
  c.record(1, { b: undefined, c: '', a: 0 });
  expect(await values('c')).toEqual({
    '{"a":"x","b":"y","c":"z"}': 2,
    '{"a":false,"c":""}': 1,
    '{"a":0,"c":""}': 1,
  });
});

test('open values beyond the bound, and very long ones, add up under __other__', async () => {
  const { instrument, values } = freshState();
  const attributes = { route: upTo(2), code: upTo(1, 'int') };
  const c = instrument(counter('c', { attributes, tenant: false }));
  for (const route of ['/a', 'x'.repeat(257), '/b', '/c', '/d', '/a', '__other__'])
    c.record(1, { route, code: 200 });
  c.record(1, { route: '/a', code: 404 });
  expect(await values('c')).toEqual({
    '{"route":"/a","code":200}': 2,
    '{"route":"/b","code":200}': 1,
    '{"route":"__other__","code":200}': 4,
    '{"route":"/a","code":"__other__"}': 1,
  });
});

test('an instrument with too many combinations folds its open attributes, and the total stays exact', async () => {
  const { instrument, values } = freshState();
  const attributes = { kind: oneOf('x', 'y'), a: upTo(200), b: optional(upTo(200)) };
  const c = instrument(counter('c', { attributes, tenant: false }));
  for (let a = 0; a < 150; a++)
    for (let b = 0; b < 150; b++) c.record(1, { kind: 'x', a: `${a}`, b: `${b}` });
  c.record(1, { kind: 'y', a: 'late' });
  const all = await values('c');
  expect(Object.keys(all).length).toBe(10_002);
  expect(all['{"kind":"x","a":"__other__","b":"__other__"}']).toBe(12_500);
  expect(all['{"kind":"y","a":"__other__"}']).toBe(1);
});
