import { expect, expectTypeOf, test } from 'vitest';
import { oneOf, optional, upTo } from '../attributes/kinds.ts';
import { commerce } from '../presets.ts';
import { catalogOf } from './catalog-of.ts';
import { defineMeters } from './define-meters.ts';
import { counter, gauge, histogram, type InstrumentDefinition } from './definition.ts';
import { withObjective } from './with-objective.ts';

const attributes = {
  status: oneOf('paid', 'declined', 'refunded'),
  currency: upTo(40),
  code: optional(upTo(9, 'int')),
};

let scopes = 0;
const message = (definition: InstrumentDefinition): string => {
  try {
    defineMeters(`objective-${scopes++}`, { definition });
    return 'fine';
  } catch (error) {
    const { code, message } = error as Error & { code?: string };
    expect(code).toBe('ERR_METER_OBJECTIVE');
    return message;
  }
};
const promise = (
  objective: unknown,
  definition: InstrumentDefinition = counter('a', { attributes }),
) => message({ ...definition, objective } as InstrumentDefinition);

test('a promise is part of the catalog', () => {
  const objective = { availability: { good: { status: ['paid'] }, target: 0.95 } } as const;
  const meters = defineMeters('promised', {
    orders: counter('orders', { attributes, objective }),
    slow: histogram('slow', { unit: 's', objective: { latency: { within: 0.5, target: 0.99 } } }),
    plain: counter('plain'),
  });
  const catalog = catalogOf(meters)?.instruments.map(({ objective }) => objective);
  expect(catalog).toEqual([objective, { latency: { within: 0.5, target: 0.99 } }, undefined]);
});

test('a preset can be given one, and its attributes stay what they are', () => {
  const orders = withObjective(commerce.orders, {
    availability: { of: { status: ['paid', 'declined'] }, good: { status: ['paid'] }, target: 0.9 },
  });
  expectTypeOf(orders).toEqualTypeOf(commerce.orders);
  const meters = defineMeters('preset', { ...commerce, orders });
  meters.orders.add(1, { status: 'paid', currency: 'EUR' });
  expect(catalogOf(meters)?.instruments[0]?.objective).toBe(orders.objective);
});

test('the compiler knows the values', () => {
  // Told by the compiler alone: what is defined says so when the meters are made.
  expect(() => {
    counter('a', {
      attributes,
      // @ts-expect-error no such value
      objective: { availability: { good: { status: ['stolen'] }, target: 0.9 } },
    });
    counter('a', {
      attributes,
      // @ts-expect-error no such attribute
      objective: { availability: { good: { region: ['eu'] }, target: 0.9 } },
    });
    counter('a', {
      attributes,
      objective: { availability: { good: { currency: ['EUR'], code: [200] }, target: 0.9 } },
    });
    // @ts-expect-error a counter has no latency
    counter('a', { objective: { latency: { within: 1, target: 0.9 } } });
    // @ts-expect-error a gauge promises nothing
    gauge('a', { objective: { latency: { within: 1, target: 0.9 } } });
  }).not.toThrow();
});

test.each([0, 1, -0.1, 99, Number.NaN, '0.9', undefined])('the target %s is refused', (target) => {
  expect(promise({ availability: { good: { status: ['paid'] }, target } })).toMatch(
    /^Expected the target of a to be a share above 0 and below 1, got/,
  );
});

test.each([
  [{ region: ['eu'] }, 'made of status, currency, code, got "region"'],
  [{ constructor: ['eu'] }, 'made of status, currency, code, got "constructor"'],
  [{ status: [] }, 'a list with values, got an array'],
  [{ status: 'paid' }, 'a list with values, got "paid"'],
  [{ status: ['stolen'] }, 'to be paid, declined, refunded, got "stolen"'],
  [{ currency: [5] }, 'a list of strings, got 5'],
  [{ code: ['200'] }, 'a list of numbers, got "200"'],
  [{}, 'at least one attribute'],
  [undefined, '{ attribute: [values] }'],
])('good %j is refused', (good, expected) => {
  expect(promise({ availability: { good, target: 0.9 } })).toContain(expected);
});

test('good events are among those that the promise is about', () => {
  const availability = { of: { status: ['declined'] }, good: { status: ['paid'] }, target: 0.9 };
  expect(promise({ availability })).toContain('got "paid"; add it to of.status');
});

test('within is a boundary; exponential buckets take any', () => {
  const latency = { latency: { within: 0.3, target: 0.9 } };
  const classic = histogram('h', { boundaries: [0.1, 0.5] });
  expect(promise(latency, classic)).toBe(
    'Expected within of h to be one of 0.1, 0.5, got 0.3; choose a boundary or add this one: between two of them nothing is known.',
  );
  expect(promise(latency, histogram('h', { exponential: {} }))).toBe('fine');
  expect(
    promise({ latency: { within: -1, target: 0.9 } }, histogram('h', { exponential: {} })),
  ).toContain('above 0');
});

test.each([
  [gauge('g'), { latency: { within: 1, target: 0.9 } }],
  [counter('c'), { latency: { within: 1, target: 0.9 } }],
  [histogram('h'), { availability: { good: {}, target: 0.9 } }],
  [histogram('h'), { latency: { within: 1, target: 0.9 }, availability: {} }],
  [counter('c'), {}],
  [counter('c'), 'always'],
])('%j cannot promise %j', (definition, objective) => {
  expect(promise(objective, definition)).toContain('{ latency } of a histogram');
});
