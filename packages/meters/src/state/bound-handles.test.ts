import { expect, test } from 'vitest';
import { freshState, write } from '../../test/support/fresh-state.ts';
import { oneOf } from '../attributes/kinds.ts';
import { counter } from '../catalog/definition.ts';
import { createRequestStore } from '../tenant/request-store.ts';

const attributes = { status: oneOf('paid', 'declined') };

test('a bound handle records for whoever calls', async () => {
  const { state, instrument, values } = freshState();
  const bound = instrument(counter('c', { attributes })).bind({ status: 'paid' });
  write(bound, 1);
  for (const id of ['a', 'b', 'a']) {
    const store = createRequestStore();
    store.tenant = state.tenants.resolve(id);
    state.requests.run(store, () => write(bound, 1));
  }
  expect(await values('c')).toEqual({
    '{"status":"paid"}': 1,
    '{"status":"paid","tenant.id":"a"}': 2,
    '{"status":"paid","tenant.id":"b"}': 1,
  });
});

test('a handle of a tenant survives growth, eviction and a place lost to somebody else', async () => {
  const { clock, state, instrument, values } = freshState();
  state.tenants.configure({ budget: 20, idleSeconds: 10 });
  const c = instrument(counter('c', { attributes }));
  const bound = c.forTenant('t0').bind({ status: 'paid' });
  write(bound, 1);
  for (let i = 1; i < 20; i++) write(c.forTenant(`t${i}`), 1, { status: 'declined' });
  write(bound, 1);
  expect((await values('c'))['{"status":"paid","tenant.id":"t0"}']).toBe(2);
  clock.ms += 11_000;
  const newcomer = c.forTenant('newcomer').bind({ status: 'paid' });
  write(newcomer, 1);
  await values('c');
  write(newcomer, 1);
  write(bound, 5);
  const all = await values('c');
  expect(all['{"status":"paid","tenant.id":"newcomer"}']).toBe(1);
  expect(all['{"status":"paid","tenant.id":"t0"}']).toBe(5);
  expect(all['{"status":"paid","tenant.id":"__other__"}']).toBe(1);
});

test('a snapshot does not change under the exporter, and two never share a time', async () => {
  const { instrument, collect } = freshState();
  const c = instrument(counter('c', { attributes, tenant: false }));
  c.record(1, { status: 'paid' });
  const [first] = await collect();
  const before = JSON.stringify(first);
  c.record(1, { status: 'paid' });
  const [second] = await collect();
  expect(JSON.stringify(first)).toBe(before);
  expect(second?.dataPoints[0]?.startTime).toEqual(first?.dataPoints[0]?.startTime);
  expect(second?.dataPoints[0]?.endTime).not.toEqual(first?.dataPoints[0]?.endTime);
});
