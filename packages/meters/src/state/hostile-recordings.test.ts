import { fuzz, hostileText, hostileValue } from '@bellwether/testkit/fuzz';
import fc from 'fast-check';
import { expect } from 'vitest';
import { freshState, write } from '../../test/support/fresh-state.ts';
import { oneOf, optional, upTo } from '../attributes/kinds.ts';
import { counter, gauge, histogram, upDownCounter } from '../catalog/definition.ts';

const shape = {
  attributes: {
    status: oneOf('paid', 'declined'),
    route: optional(upTo(20)),
    code: optional(upTo(5, 'int')),
  },
  tenant: false,
};
const definitions = [
  counter('c', shape),
  upDownCounter('u', shape),
  gauge('g', shape),
  histogram('h', { ...shape, boundaries: [1, 2] }),
  histogram('e', { ...shape, exponential: {} }),
];
const right = { status: 'paid', route: '/' };

const attributes: fc.Arbitrary<() => unknown> = fc.oneof(
  hostileValue(),
  fc
    .record(
      { status: hostileValue(), route: hostileValue(), code: hostileValue() },
      { requiredKeys: [] },
    )
    .map((made) => () => Object.fromEntries(Object.entries(made).map(([k, make]) => [k, make()]))),
  fc.tuple(hostileText(), hostileValue()).map(([key, make]) => () => ({ ...right, [key]: make() })),
);
const call = fc.record({
  instrument: fc.nat(definitions.length - 1),
  how: fc.constantFrom('record', 'bind', 'forTenant'),
  tenant: hostileValue(),
  value: fc.oneof(
    fc.constant(() => 1),
    hostileValue(),
  ),
  attributes,
});

/** A label that is empty is not there, and half a character is a sign of replacement. */
function asPrometheusSees(labels: object): string {
  const there = Object.entries(labels).filter(([, value]) => value !== '');
  return Buffer.from(
    JSON.stringify(there.map(([key, value]) => [key, `${value}`.toWellFormed()])),
  ).toString();
}

fuzz(
  'whatever is recorded, nothing is thrown, series stay few, and what was right is exact',
  fc.array(call, { maxLength: 60 }),
  async (calls) => {
    const { instrument, collect } = freshState();
    const instruments = definitions.map(instrument);
    for (const { instrument: at, how, tenant, value, attributes: make } of calls) {
      const made = instruments[at];
      if (how === 'record') made?.record(value() as never, make() as never);
      else if (how === 'forTenant' && made !== undefined)
        write(made.face.forTenant(tenant() as never), value() as never, make() as never);
      else if (made !== undefined) write(made.bind(make() as never), value() as never);
    }
    for (const each of instruments) each.record(2, { status: 'declined', route: 'mine' });
    const metrics = await collect();
    expect(metrics.length).toBeLessThanOrEqual(definitions.length + 10);
    for (const { descriptor, dataPoints } of metrics) {
      if (!definitions.some(({ name }) => name === descriptor.name)) continue;
      expect(dataPoints.length).toBeLessThanOrEqual(2 * 22 * 7);
      const wire = dataPoints.map(({ attributes: labels }) => asPrometheusSees(labels));
      expect(new Set(wire).size).toBe(wire.length);
      for (const { attributes: labels } of dataPoints) {
        for (const [key, label] of Object.entries(labels)) {
          expect(Object.keys(shape.attributes)).toContain(key);
          expect(['string', 'number']).toContain(typeof label);
          expect(String(label).length).toBeLessThanOrEqual(256);
        }
      }
    }
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    const sum = metrics.find(({ descriptor }) => descriptor.name === 'u');
    for (const { value } of sum?.dataPoints ?? []) expect(Number.isFinite(value)).toBe(true);
  },
  {
    runs: 150,
    corpus: [
      ['\ud800', '\udfff'].map((route) => ({
        instrument: 0,
        how: 'record' as const,
        tenant: () => '',
        value: () => 1,
        attributes: () => ({ status: 'paid', route }),
      })),
    ],
  },
);
