import { expect, test } from 'vitest';
import { oneOf, optional, upTo } from '../attributes/kinds.ts';
import { defineMeters } from './define-meters.ts';
import { counter, gauge, histogram } from './definition.ts';

const codeOf = (act: () => unknown): unknown => {
  try {
    act();
    return 'nothing thrown';
  } catch (error) {
    return (error as { code?: string }).code;
  }
};
let scopes = 0;
const define = (...args: Parameters<typeof counter>) =>
  codeOf(() => defineMeters(`scope-${scopes++}`, { a: counter(...args) }));

test.each([
  ['', 'ERR_METER_NAME'],
  ['1order', 'ERR_METER_NAME'],
  ['order placed', 'ERR_METER_NAME'],
  ['bestellung.größe', 'ERR_METER_NAME'],
  ['a'.repeat(256), 'ERR_METER_NAME'],
  ['a'.repeat(255), 'nothing thrown'],
  ['Shop/orders-placed_2.x', 'nothing thrown'],
])('a name %j: %s', (name, code) => {
  expect(define(name)).toBe(code);
});

test.each(['s', 'ms', 'By', 'kBy', 'MiBy', '1', '%', '{order}', '{request}/s', 'By/s', 'm2', ''])(
  'the unit %j is fine',
  (unit) => {
    expect(define('a', { unit })).toBe('nothing thrown');
  },
);

test.each([
  'seconds',
  'bytes',
  'MB',
  'EUR',
  '{order',
  'a b',
  '€',
  '/s',
  '{}',
  `{${'x'.repeat(70)}}`,
])('the unit %j is refused', (unit) => {
  expect(define('a', { unit })).toBe('ERR_METER_UNIT');
});

test.each([
  [{ name: 'shop.orders', since: '1.4' }, 'nothing thrown'],
  [{ name: 'shop.orders', since: '1.4.0-rc.1' }, 'nothing thrown'],
  [{ name: 'b', since: '1.4' }, 'ERR_METER_RENAMED'],
  [{ name: '1b', since: '1.4' }, 'ERR_METER_RENAMED'],
  [{ name: 'c', since: 'v1' }, 'ERR_METER_RENAMED'],
  [{ name: 'c' }, 'ERR_METER_RENAMED'],
])('renamed from %j: %s', (renamedFrom, code) => {
  expect(define('b', { renamedFrom: renamedFrom as { name: string; since: string } })).toBe(code);
});

test('the error says what, range, value and what to do', () => {
  expect(() => defineMeters('said', { a: counter('a', { unit: 'seconds' }) })).toThrow(
    `Expected the unit of a to be a UCUM unit of at most 63 characters, as in 's', 'By', '1', '{order}', got "seconds"; write 's'.`,
  );
});

test.each([
  [{ 'tenant.id': upTo(3) }, 'ERR_METER_ATTRIBUTE_TENANT'],
  [{ tenant_id: upTo(3) }, 'ERR_METER_ATTRIBUTE_TENANT'],
  [{ 'a.b': upTo(3), a_b: upTo(3) }, 'ERR_METER_ATTRIBUTE_COLLISION'],
  [{ 'a-b': upTo(3), 'a.b': upTo(3) }, 'ERR_METER_ATTRIBUTE_COLLISION'],
  [{ 'a b': upTo(3) }, 'ERR_METER_ATTRIBUTE_KEY'],
  [{ '': upTo(3) }, 'ERR_METER_ATTRIBUTE_KEY'],
  [{ a: oneOf('x', 'x') }, 'ERR_METER_ATTRIBUTE_KIND'],
  [{ a: oneOf('1', 1) }, 'ERR_METER_ATTRIBUTE_KIND'],
  [{ a: oneOf(1.5) }, 'ERR_METER_ATTRIBUTE_KIND'],
  [{ a: 'paid' as never }, 'ERR_METER_ATTRIBUTE_KIND'],
  [{ a: undefined as never }, 'ERR_METER_ATTRIBUTE_KIND'],
  [{ job: upTo(3) }, 'ERR_METER_ATTRIBUTE_KEY'],
  [{ instance: upTo(3) }, 'ERR_METER_ATTRIBUTE_KEY'],
  [{ le: upTo(3) }, 'ERR_METER_ATTRIBUTE_KEY'],
  [{ 'job.name': upTo(3), Instance: upTo(3) }, 'nothing thrown'],
  [{ a: optional(oneOf('', 'x')) }, 'ERR_METER_ATTRIBUTE_KIND'],
  [{ a: oneOf('', 'x') }, 'nothing thrown'],
  [{ a: optional(oneOf('x')), b: upTo(10_000), c: upTo(5, 'int') }, 'nothing thrown'],
])('attributes %j: %s', (attributes, code) => {
  expect(define('a', { attributes })).toBe(code);
});

test('too many combinations of closed lists', () => {
  const many = oneOf('0', ...Array.from({ length: 999 }, (_, i) => String(i + 1)));
  expect(define('a', { attributes: { a: many, b: many } })).toBe('ERR_METER_SERIES');
});

test.each([0, -1, 1.5, Number.NaN, 10_001, '5' as never])('upTo(%s)', (limit) => {
  expect(codeOf(() => upTo(limit))).toBe('ERR_METER_UP_TO');
});

test.each([
  [{ boundaries: [1, 1] }, 'ERR_METER_BOUNDARIES'],
  [{ boundaries: [2, 1] }, 'ERR_METER_BOUNDARIES'],
  [{ boundaries: [1, Number.POSITIVE_INFINITY] }, 'ERR_METER_BOUNDARIES'],
  [{ boundaries: [Number.NaN] }, 'ERR_METER_BOUNDARIES'],
  [{ boundaries: [1], exponential: {} }, 'ERR_METER_BOUNDARIES'],
  [{ exponential: { maxSize: 1 } }, 'ERR_METER_EXPONENTIAL'],
  [{ exponential: { maxScale: 21 } }, 'ERR_METER_EXPONENTIAL'],
  [{ exponential: { maxSize: 2, maxScale: -10 } }, 'nothing thrown'],
])('buckets %j: %s', (options, code) => {
  expect(codeOf(() => defineMeters(`b-${scopes++}`, { h: histogram('h', options) }))).toBe(code);
});

test('names that Prometheus merges, within one catalog', () => {
  expect(codeOf(() => defineMeters('m', { a: counter('a.b'), b: gauge('A_b') }))).toBe(
    'ERR_METER_DUPLICATE',
  );
});

test.each(['', ' ', 'x'.repeat(256), undefined as never])('the scope %j', (scope) => {
  expect(codeOf(() => defineMeters(scope, {}))).toBe('ERR_METER_SCOPE');
});

test('not an instrument', () => {
  expect(codeOf(() => defineMeters('n', { a: {} as never }))).toBe('ERR_METER_NAME');
});

test('a second, different definition throws and leaves nothing behind; an equal one shares', () => {
  const first = counter('twice', { unit: '{order}' });
  defineMeters('twice', { a: first });
  defineMeters('twice', { other: counter('twice', { unit: '{order}' }) });
  const conflict = { fresh: counter('fresh'), a: counter('twice', { unit: 's' }) };
  expect(codeOf(() => defineMeters('twice', conflict))).toBe('ERR_METER_DUPLICATE');
  expect(codeOf(() => defineMeters('twice', { fresh: gauge('fresh') }))).toBe('nothing thrown');
  expect(codeOf(() => defineMeters('twice', conflict, { version: '2' }))).toBe('nothing thrown');
});
