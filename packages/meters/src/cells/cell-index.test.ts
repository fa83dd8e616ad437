import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CellIndex } from './cell-index.ts';

const placed = fc.tuple(fc.nat(300), fc.nat(700));

test('finds what was set and nothing that was freed, as a table and as a map', () => {
  const actions = fc.array(fc.oneof({ weight: 20, arbitrary: placed }, fc.nat(300)));
  fc.assert(
    fc.property(actions, (list) => {
      const index = new CellIndex();
      const model = new Map<string, number>();
      let cell = 0;
      for (const action of list) {
        if (Array.isArray(action)) {
          if (index.at(...action) !== 0) continue;
          index.set(...action, ++cell);
          model.set(action.join(), cell);
        } else {
          const freed: number[] = [];
          index.freeSlot(action, (one) => freed.push(one));
          const expected = [...model].filter(([key]) => key.startsWith(`${action},`));
          expect(freed.sort()).toEqual(expected.map(([, one]) => one).sort());
          for (const [key] of expected) model.delete(key);
        }
      }
      for (const [key, one] of model) {
        const [slot = 0, combination = 0] = key.split(',').map(Number);
        expect(index.at(slot, combination)).toBe(one);
      }
    }),
  );
});

test('is 0 for what nobody set: another slot, another combination, beyond the table', () => {
  const index = new CellIndex();
  index.set(3, 1, 7);
  expect(index.at(3, 1)).toBe(7);
  for (const [slot, combination] of [
    [3, 0],
    [2, 1],
    [2, 3],
    [4, 0],
    [1, 5],
    [9_999, 9_999],
  ] as const)
    expect(index.at(slot, combination)).toBe(0);
});

test('tenants with attribute values of their own keep their cells, without a row for all values of all', () => {
  const index = new CellIndex();
  for (let slot = 2; slot < 2_000; slot++) index.set(slot, slot, slot);
  for (let slot = 2; slot < 2_000; slot++) expect(index.at(slot, slot)).toBe(slot);
  const freed: number[] = [];
  index.freeSlot(77, (cell) => freed.push(cell));
  expect(freed).toEqual([77]);
  expect(index.at(77, 77)).toBe(0);
  index.clear();
  expect(index.at(78, 78)).toBe(0);
  index.set(78, 78, 1);
  expect(index.at(78, 78)).toBe(1);
});

test('thousands of tenants with attribute values of their own go without a walk over all cells for each', () => {
  const index = new CellIndex();
  const tenants = 12_000;
  const each = 10;
  let cell = 0;
  for (let slot = 2; slot < tenants; slot++)
    for (let i = 0; i < each; i++) index.set(slot, (slot * 7 + i) % 9_999, ++cell);
  const begun = performance.now();
  let freed = 0;
  for (let slot = 2; slot < tenants; slot++) index.freeSlot(slot, () => freed++);
  expect(freed).toBe(cell);
  // A walk for each takes ten seconds and more on a machine that does nothing else.
  expect(performance.now() - begun).toBeLessThan(5_000);
});
