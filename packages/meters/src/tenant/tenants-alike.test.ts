import fc from 'fast-check';
import { expect, test } from 'vitest';
import { freshState, write } from '../../test/support/fresh-state.ts';
import { counter } from '../catalog/definition.ts';

const seriesOf = (id: string) => (id === '' ? '{}' : JSON.stringify({ 'tenant.id': id }));

test('ids that look alike, short ids and strings made anew each have their own total', async () => {
  const id = fc
    .string({ unit: fc.constantFrom('a', 'b', '1', '2', '-'), minLength: 1, maxLength: 9 })
    .filter((text) => !text.startsWith('-'));
  await fc.assert(
    fc.asyncProperty(fc.array(id, { maxLength: 60 }), async (ids) => {
      const { instrument, state, values } = freshState();
      state.tenants.configure({ budget: 1_000 });
      const c = instrument(counter('c'));
      const totals: Record<string, number> = {};
      for (const one of [...ids, ...ids]) {
        const made = Buffer.from(one).toString();
        write(c.face.forTenant(made), 1);
        totals[seriesOf(one)] = (totals[seriesOf(one)] ?? 0) + 1;
        expect(state.tenants.resolve(made)).toMatchObject({ id: one });
      }
      expect(await values('c')).toEqual(totals);
    }),
  );
});

test('thousands of tenants whose ids differ in the middle only', async () => {
  const { instrument, state, values } = freshState();
  state.tenants.configure({ budget: 3_000 });
  const c = instrument(counter('c'));
  const ids = Array.from({ length: 3_000 }, (_, i) => `a${10_000 + i}-prod`);
  for (const id of [...ids, ...ids]) write(c.face.forTenant(id), 1);
  expect(await values('c')).toEqual(Object.fromEntries(ids.map((id) => [seriesOf(id), 2])));
});

test('whose place another tenant has now records into __other__, by the face that it kept and by a new one', async () => {
  const { clock, instrument, state, values } = freshState();
  state.tenants.configure({ budget: 1, idleSeconds: 10 });
  const c = instrument(counter('c'));
  const kept = c.face.forTenant('old');
  write(kept, 1);
  await values('c');
  clock.ms += 11_000;
  write(c.face.forTenant('new'), 1);
  await values('c');
  write(c.face.forTenant('new'), 1);
  write(kept, 1);
  write(c.face.forTenant('old'), 1);
  expect(await values('c')).toEqual({ [seriesOf('new')]: 1, [seriesOf('__other__')]: 3 });
});

test.each([undefined, null, 7, {}, '', 'a b'])('the id %j names no tenant', async (id) => {
  const { instrument, values } = freshState();
  const { face } = instrument(counter('c'));
  write(face.forTenant(id as string), 1);
  write(face.forTenant(id as string), 1);
  expect(await values('c')).toEqual({ '{}': 2 });
});

test('an instrument without tenants has one face for all of them', async () => {
  const { instrument, values } = freshState();
  const { face } = instrument(counter('c', { tenant: false }));
  expect(face.forTenant('a')).toBe(face.forTenant('b'));
  write(face.forTenant('a'), 1);
  expect(await values('c')).toEqual({ '{}': 1 });
});
