import type { HrTime } from '@opentelemetry/api';
import { expect, test } from 'vitest';
import { freshState, write } from '../../test/support/fresh-state.ts';
import { upTo } from '../attributes/kinds.ts';
import { counter, gauge, histogram, upDownCounter } from '../catalog/definition.ts';

const toMs = ([seconds, nanoseconds]: HrTime) => seconds * 1_000 + nanoseconds / 1_000_000;
const sum = (values: Record<string, unknown>) =>
  Object.values(values).reduce<number>((total, value) => total + (value as number), 0);

test('the first N keep their name, the rest fold, totals stay exact', async () => {
  const { state, instrument, values } = freshState();
  state.tenants.configure({ budget: 2 });
  const c = instrument(counter('c', { attributes: { a: upTo(2) } }));
  for (const id of ['one', 'two', 'three', 'four', 'one']) write(c.forTenant(id), 1, { a: 'x' });
  expect(await values('c')).toEqual({
    '{"a":"x","tenant.id":"one"}': 2,
    '{"a":"x","tenant.id":"two"}': 1,
    '{"a":"x","tenant.id":"__other__"}': 2,
  });
  expect(await values('bellwether.tenants.admitted')).toEqual({ '{}': 2 });
  expect(await values('bellwether.tenants.folded')).toEqual({ '{}': 2 });
});

test('only an allow-list keeps names', async () => {
  const { state, instrument, values } = freshState();
  state.tenants.configure({ budget: 1, allowList: ['vip', 'gold'] });
  const c = instrument(counter('c'));
  for (const id of ['one', 'vip', 'gold', 'two']) write(c.forTenant(id), 1);
  expect(Object.keys(await values('c'))).toEqual([
    '{"tenant.id":"__other__"}',
    '{"tenant.id":"vip"}',
    '{"tenant.id":"gold"}',
  ]);
});

test('an idle tenant of the allow-list keeps its series: nobody else may have its place', async () => {
  const { clock, state, instrument, values } = freshState();
  state.tenants.configure({ allowList: ['vip', 'gold'], idleSeconds: 60 });
  const stock = instrument(gauge('stock'));
  write(stock.forTenant('vip'), 7);
  const stranger = stock.forTenant('stranger');
  write(stranger, 1);
  await values('stock');
  clock.ms += 61_000;
  write(stranger, 2);
  await values('stock');
  expect(await values('stock')).toEqual({
    '{"tenant.id":"vip"}': 7,
    '{"tenant.id":"__other__"}': 2,
  });
  expect(await values('bellwether.tenants.evicted')).toEqual({});
});

test('an idle tenant gives its place back only to a newcomer, and only after its last value was collected', async () => {
  const { clock, state, instrument, values } = freshState();
  state.tenants.configure({ budget: 1, idleSeconds: 60 });
  const c = instrument(counter('c'));
  const old = c.forTenant('old');
  write(old, 1);
  await values('c');
  clock.ms += 3_600_000;
  await values('c');
  expect(Object.keys(await values('c')), 'nobody waits').toEqual(['{"tenant.id":"old"}']);

  write(old, 1);
  const young = c.forTenant('young').bind();
  write(young, 10);
  expect(await values('c'), 'its last value is collected').toEqual({
    '{"tenant.id":"old"}': 2,
    '{"tenant.id":"__other__"}': 10,
  });
  clock.ms += 61_000;
  write(young, 10);
  expect(await values('c'), 'evicted after this').toEqual({
    '{"tenant.id":"old"}': 2,
    '{"tenant.id":"__other__"}': 20,
  });
  write(young, 5);
  write(old, 3);
  expect(await values('c')).toEqual({
    '{"tenant.id":"__other__"}': 23,
    '{"tenant.id":"young"}': 5,
  });
  expect(await values('bellwether.tenants.evicted')).toEqual({ '{}': 1 });
  expect(await values('bellwether.tenants.admitted')).toEqual({ '{}': 1 });
});

test('what an up-down counter of an evicted tenant holds moves to __other__; other cells are freed', async () => {
  const { clock, state, instrument, values } = freshState();
  state.tenants.configure({ budget: 1, idleSeconds: 60 });
  const carts = instrument(upDownCounter('carts'));
  const stock = instrument(gauge('stock'));
  const time = instrument(histogram('time', { exponential: {} }));
  const old = carts.forTenant('old');
  write(old, 3);
  write(stock.forTenant('old'), 7);
  write(time.forTenant('old'), 1);
  await values('carts');
  clock.ms += 61_000;
  write(carts.forTenant('young'), 1);
  await values('carts');
  expect(await values('stock')).toEqual({});
  expect(await values('time')).toEqual({});
  write(time.forTenant('young'), 4);
  expect((await values('time'))['{"tenant.id":"young"}']).toMatchObject({
    count: 1,
    sum: 4,
    min: 4,
  });
  write(old, -2);
  expect(sum(await values('carts')), 'the total stays exact').toBe(2);
});

test('a returning tenant starts a new series, later than its last point', async () => {
  const { clock, state, instrument, collect } = freshState();
  state.tenants.configure({ budget: 1, idleSeconds: 0 });
  const c = instrument(counter('c'));
  const startOf = async (id: string) => {
    const metric = (await collect()).find(({ descriptor }) => descriptor.name === 'c');
    const point = metric?.dataPoints.find(({ attributes }) => attributes['tenant.id'] === id);
    return point && { start: toMs(point.startTime), end: toMs(point.endTime) };
  };
  write(c.forTenant('a'), 1);
  const first = await startOf('a');
  expect(first && first.start < first.end, 'a start before the first point').toBe(true);
  for (const newcomer of ['b', 'a']) {
    write(c.forTenant(newcomer), 1);
    clock.ms += 1_000;
    await collect();
    write(c.forTenant(newcomer), 1);
    clock.ms += 1_000;
    await collect();
  }
  const again = await startOf('a');
  expect(again && first && again.start > first.end).toBe(true);
});

test('a name in the life of the process, for storages that never forget', () => {
  const { state } = freshState();
  state.tenants.configure({ budget: 2 });
  const label = (id: string) => {
    const ref = state.tenants.resolve(id);
    return ref && state.tenants.lifetimeLabel(ref);
  };
  expect(['a', 'b', 'c', 'a', 'c', 'b'].map(label)).toEqual([
    'a',
    'b',
    '__other__',
    'a',
    '__other__',
    'b',
  ]);
});

test.each([
  '',
  'x'.repeat(65),
  'x'.repeat(10_240),
  'a b',
  'a,b',
  'a=b',
  'a;b',
  'a\n',
  '\u0000',
  'é',
  '__other__',
  '-a',
  '../x',
  undefined,
  null,
  5,
  {},
  ['a'],
])('the id %j is refused', async (id) => {
  const { state, instrument, values } = freshState();
  expect(state.tenants.isTenantId(id)).toBe(false);
  expect(state.tenants.resolve(id)).toBe(undefined);
  write(instrument(counter('c')).forTenant(id as string), 1);
  expect(await values('c'), 'the total stays exact').toEqual({ '{}': 1 });
  expect(await values('bellwether.tenants.refused')).toEqual({ '{}': 2 });
});

test.each(['a', 'A-1_2.3', '0', 'x'.repeat(64)])('the id %j is fine', (id) => {
  expect(freshState().state.tenants.isTenantId(id)).toBe(true);
});

test('a pattern of the operator matches the whole id and never lets separators through', () => {
  const { tenants } = freshState().state;
  tenants.configure({ pattern: '[a-z]+|.*,.*', maxLength: 5 });
  expect(['abc', 'abcdef', 'ab1', 'a,b'].map((id) => tenants.isTenantId(id))).toEqual([
    true,
    false,
    false,
    false,
  ]);
  tenants.configure({ pattern: /\d+/g });
  expect(['12', '12', 'a12'].map((id) => tenants.isTenantId(id))).toEqual([true, true, false]);
});

test.each([
  [{ budget: 0 }, 'ERR_TENANT_BUDGET'],
  [{ budget: 1.5 }, 'ERR_TENANT_BUDGET'],
  [{ idleSeconds: -1 }, 'ERR_TENANT_IDLE'],
  [{ idleSeconds: Number.NaN }, 'ERR_TENANT_IDLE'],
  [{ maxLength: 0 }, 'ERR_TENANT_MAX_LENGTH'],
  [{ pattern: '(' }, 'ERR_TENANT_PATTERN'],
])('limits %j: %s', (options, code) => {
  const { tenants } = freshState().state;
  expect(() => tenants.configure(options)).toThrow(expect.objectContaining({ code }));
});
