import { expect, test } from 'vitest';
import { renderSamples } from './render-samples.ts';

test('a column for each label, rows in the order of the labels, the value last', () => {
  const samples = [
    { labels: { tenant_id: 'globex', status: 'declined' }, value: 1 },
    { labels: { tenant_id: 'acme', status: 'paid' }, value: 12 },
    { labels: { tenant_id: 'acme' }, value: Number.NaN },
  ];
  expect(renderSamples(samples).split('\n')).toEqual([
    'status    tenant_id  value',
    '          acme       NaN',
    'declined  globex     1',
    'paid      acme       12',
  ]);
});

test('a value without labels', () => {
  expect(renderSamples([{ labels: {}, value: 3 }])).toBe('value\n3');
});
