import { type Attributes, DiagLogLevel, diag } from '@opentelemetry/api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { optional, upTo } from '../attributes/kinds.ts';
import { counter, gauge, type InstrumentDefinition } from '../catalog/definition.ts';
import { SharedState } from './shared-state.ts';

const said: string[] = [];
beforeEach(() => {
  const say = (line: string) => void said.push(line);
  const logger = { error: say, warn: say, info: say, debug: say, verbose: say };
  diag.setLogger(logger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
});
afterEach(() => {
  diag.disable();
  said.length = 0;
});

const one = counter('orders.placed', { attributes: { a: upTo(2), b: upTo(2) } });
const define = (...definitions: [scope: string, definition: InstrumentDefinition][]) => {
  const state = new SharedState();
  const all = definitions.map(([name, definition]) =>
    state.instrument({ name, version: undefined }, definition),
  );
  return all.map((instrument) => (attributes: Attributes) => {
    const combination = instrument.combinations.of(attributes);
    return instrument.combinations.attributesOf(combination);
  });
};

test('the same metric in two scopes is said', () => {
  define(['shop', one], ['billing', one], ['shop', one]);
  expect(said).toHaveLength(1);
  expect(said[0]).toContain('orders.placed is defined in the scopes shop and billing');
});

test('so is one that Prometheus takes for the same, whatever the order of its attributes', () => {
  const same = gauge('Orders_placed', { attributes: { b: upTo(9), a: upTo(9) } });
  define(['shop', one], ['billing', same]);
  expect(said).toHaveLength(1);
});

test('other attributes are other series', () => {
  define(['shop', one], ['billing', counter('orders.placed', { attributes: { a: upTo(2) } })]);
  expect(said).toEqual([]);
});

test('but an optional attribute may be left out', () => {
  const more = counter('orders.placed', {
    attributes: { a: upTo(2), b: upTo(2), c: optional(upTo(2)) },
  });
  define(['shop', one], ['billing', more]);
  expect(said).toHaveLength(1);
});

test('the points of the later one say their scope, so that both are kept', () => {
  const [shop, billing] = define(['shop', one], ['billing', one]);
  expect(shop?.({ a: 'x', b: 'y' })).toEqual({ a: 'x', b: 'y' });
  expect(billing?.({ a: 'x', b: 'y' })).toEqual({
    a: 'x',
    b: 'y',
    'otel.scope.name': 'billing',
  });
});
