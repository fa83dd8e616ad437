import { expect, test } from 'vitest';
import { measures } from './measures.ts';
import { promqlOf } from './promql.ts';

const queryOf = (name: string) => {
  const measure = measures.find((one) => one.name === name);
  return measure && promqlOf(measure, '60s');
};

test('a counter is the sum of the last samples of every process', () => {
  expect(queryOf('orders')).toBe(
    'sum by (tenant_id, status, currency) (last_over_time(commerce_orders_total{}[60s]))',
  );
});

test('what the books do not have is left out', () => {
  expect(queryOf('registrations')).toBe(
    'sum by (tenant_id) (last_over_time(auth_registrations_total{outcome=~"succeeded"}[60s]))',
  );
});

test('a gauge that every replica reports is not added up', () => {
  expect(queryOf('MRR')).toBe('max by (tenant_id, currency) (last_over_time(saas_mrr{}[60s]))');
});
