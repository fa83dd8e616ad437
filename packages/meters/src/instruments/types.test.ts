import { expect, expectTypeOf, test } from 'vitest';
import { oneOf, optional, upTo } from '../attributes/kinds.ts';
import { defineMeters } from '../catalog/define-meters.ts';
import { counter, gauge, histogram, upDownCounter } from '../catalog/definition.ts';
import { commerce } from '../presets.ts';
import type { Counter, Gauge, UpDownCounter } from './instrument-types.ts';

const meters = defineMeters('types', {
  ...commerce,
  placed: counter('placed', {
    attributes: {
      status: oneOf('paid', 'declined'),
      currency: upTo(40),
      coupon: optional(upTo(5)),
    },
  }),
  plain: counter('plain'),
  code: histogram('code', { attributes: { code: upTo(60, 'int') } }),
  maybe: upDownCounter('maybe', { attributes: { kind: optional(oneOf(1, true, 'x')) } }),
  stock: gauge('stock'),
  level: upDownCounter('level'),
});

test('the compiler takes what was declared', () => {
  expect(() => {
    meters.placed.add(1, { status: 'paid', currency: 'EUR' });
    meters.placed.add(1, { status: 'paid', currency: 'EUR', coupon: undefined });
    meters.placed.bind({ status: 'declined', currency: 'EUR', coupon: 'ten' }).add(1);
    meters.placed.forTenant('acme').add(1, { status: 'paid', currency: 'EUR' });
    meters.plain.add(1);
    meters.plain.bind().add(1);
    meters.code.record(1, { code: 200 });
    meters.maybe.add(-1);
    meters.maybe.add(-1, { kind: true });
    meters.stock.set(5);
    meters.orders.add(1, { status: 'paid', currency: 'EUR' });
  }).not.toThrow();
  expectTypeOf(meters.stock).not.toHaveProperty('add');
  expectTypeOf(meters.placed).not.toHaveProperty('set');
  expectTypeOf(meters.code).not.toHaveProperty('add');
});

test('instruments without attributes are named without a type argument', () => {
  expectTypeOf(meters.plain).toEqualTypeOf<Counter>();
  expectTypeOf(meters.stock).toEqualTypeOf<Gauge>();
  expectTypeOf(meters.level).toEqualTypeOf<UpDownCounter>();
});

test('the compiler rejects everything else; at run time it is refused, not thrown', () => {
  expect(() => {
    // @ts-expect-error unknown value
    meters.placed.add(1, { status: 'stolen', currency: 'EUR' });
    // @ts-expect-error unknown key
    meters.placed.add(1, { status: 'paid', currency: 'EUR', region: 'x' });
    // @ts-expect-error missing key
    meters.placed.add(1, { status: 'paid' });
    // @ts-expect-error missing attributes
    meters.placed.add(1);
    // @ts-expect-error no attributes declared
    meters.plain.add(1, { status: 'paid' });
    // @ts-expect-error an integer
    meters.code.record(1, { code: '200' });
    // @ts-expect-error not in the list
    meters.maybe.add(1, { kind: 2 });
    // @ts-expect-error a number
    meters.stock.set('5');
    // @ts-expect-error unknown value, bound
    meters.placed.bind({ status: 'stolen', currency: 'EUR' });
    // @ts-expect-error unknown value, for a tenant
    meters.placed.forTenant('acme').add(1, { status: 'stolen', currency: 'EUR' });
    // @ts-expect-error a currency is no option
    meters.revenue.add(100);
  }).not.toThrow();
});
