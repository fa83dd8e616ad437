import { expect, test } from 'vitest';
import { compareEntries } from './compare-entries.ts';
import { renderComparison } from './render-comparison.ts';

const paid = { measure: 'orders', tenant: 'acme', labels: { status: 'paid', currency: 'EUR' } };
const sameInAnotherOrder = { ...paid, labels: { currency: 'EUR', status: 'paid' } };

test('entries with the same labels meet, whatever the order of the labels', () => {
  const rows = compareEntries([{ ...paid, value: 3 }], [{ ...sameInAnotherOrder, value: 3 }]);
  expect(rows).toEqual([{ ...paid, ledger: 3, metric: 3, equal: true }]);
});

test('one more or less is a difference, and so is an entry that one side does not have', () => {
  const other = { ...paid, tenant: 'globex', value: 1 };
  const rows = compareEntries([{ ...paid, value: 3 }], [{ ...paid, value: 2 }, other]);
  expect(rows).toMatchObject([
    { tenant: 'acme', ledger: 3, metric: 2, equal: false },
    { tenant: 'globex', ledger: 0, metric: 1, equal: false },
  ]);
});

test('the table marks what differs', () => {
  const rows = compareEntries(
    [
      { ...paid, value: 3 },
      { measure: 'requests', tenant: 'acme', labels: {}, value: 1200 },
    ],
    [{ ...paid, value: 3 }],
  );
  expect(`\n${renderComparison(rows)}`).toMatchInlineSnapshot(`
    "
    tenant  what      of        ledger  Prometheus
    acme    orders    paid EUR       3           3  =
    acme    requests              1200           0  DIFFERS"
  `);
});
