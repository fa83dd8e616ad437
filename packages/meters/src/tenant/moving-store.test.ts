import { expect, test } from 'vitest';
import { freshState, write } from '../../test/support/fresh-state.ts';
import { counter, upDownCounter } from '../catalog/definition.ts';
import type { RequestStore } from './request-store.ts';
import type { TenantRef } from './tenant-ref.ts';

/** Requests that count themselves among the active ones of their tenant, and take that along when it changes. */
function setUp() {
  const fresh = freshState();
  const { state, instrument } = fresh;
  state.tenants.configure({ budget: 1, idleSeconds: 60 });
  const active = instrument(upDownCounter('active')).bind();
  const done = instrument(counter('done')).bind();
  const request = (id: string) => {
    let tenant: TenantRef | undefined = state.tenants.resolve(id);
    const count = (change: number) => state.requests.as(store, () => write(active, change));
    const store: RequestStore = {
      route: undefined,
      get tenant() {
        return tenant;
      },
      set tenant(next) {
        if (next === tenant) return;
        count(-1);
        tenant = next;
        count(1);
      },
    };
    count(1);
    return {
      record: () => state.requests.as(store, () => write(done, 1)),
      end: () => count(-1),
    };
  };
  return { ...fresh, request };
}

test('a folded request that finds a place takes its count along', async () => {
  const { clock, values, request } = setUp();
  const old = request('old');
  old.end();
  await values('active');
  const young = request('young');
  expect(await values('active')).toEqual({
    '{"tenant.id":"old"}': 0,
    '{"tenant.id":"__other__"}': 1,
  });
  clock.ms += 61_000;
  request('third').end();
  await values('active');
  young.record();
  expect(await values('active')).toEqual({
    '{"tenant.id":"__other__"}': 0,
    '{"tenant.id":"young"}': 1,
  });
  young.end();
  expect(await values('active')).toEqual({
    '{"tenant.id":"__other__"}': 0,
    '{"tenant.id":"young"}': 0,
  });
});

test('a request whose tenant lost its place leaves nothing behind', async () => {
  const { clock, values, request } = setUp();
  const slow = request('old');
  await values('active');
  clock.ms += 61_000;
  request('young').end();
  await values('active');
  request('young').record();
  slow.record();
  slow.end();
  const left = Object.entries(await values('active'));
  expect(left.map(([, value]) => value).reduce((a, b) => Number(a) + Number(b), 0)).toBe(1);
  expect(Object.fromEntries(left)).toMatchObject({ '{"tenant.id":"__other__"}': 0 });
});
