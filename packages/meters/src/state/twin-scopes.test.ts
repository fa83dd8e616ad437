import { DiagLogLevel, diag } from '@opentelemetry/api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { upTo } from '../attributes/kinds.ts';
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
  for (const [name, definition] of definitions)
    state.instrument({ name, version: undefined }, definition);
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
