import { expect, test } from 'vitest';
import { showText } from './format-value.ts';

const shown = (...asked: Parameters<typeof showText>) =>
  showText(...asked).replace(/[\u00a0\u202f]/g, ' ');

test.each([
  [0.0123, 's', '12.3 ms'],
  [0, 's', '0 s'],
  [95, 's', '95 s'],
  [5400, 's', '90 min'],
  [345_600, 's', '4 days'],
  [0.98765, '1', '98.8 %'],
  [0.0004, '1', '0.04 %'],
  [1, '1', '100 %'],
  [1536, 'By', '1.5 KiB'],
  [1234, '{request}/s', '1,234 requests/s'],
  [1, '{order}', '1 order'],
  [3, '{query}/s', '3 queries/s'],
  [2, '{process}', '2 processes'],
  [14, '{series}', '14 series'],
  [1_250_000, '{order}', '1.3M orders'],
])('%d of %s is shown as %s', (value, unit, text) => {
  expect(shown(value, unit)).toBe(text);
});

test('money carries its own currency', () => {
  expect(shown(1234.5, '{currency}/h', { currency: 'EUR' })).toBe('1,235 EUR/h');
  expect(shown(12.5, '{currency}', { currency: 'JPY' })).toBe('12.50 JPY');
});

test('money has the decimals of its currency', () => {
  expect(shown(500, '{currency}', { currency: 'JPY' })).toBe('500 JPY');
  expect(shown(119_052, '{currency}', { currency: 'JPY', exact: true })).toBe('119,052 JPY');
  expect(shown(1.234, '{currency}', { currency: 'KWD' })).toBe('1.234 KWD');
  expect(shown(500, '{currency}', { currency: 'EUR' })).toBe('500.00 EUR');
  expect(shown(500, '{currency}', { currency: 'not one' })).toBe('500.00 not one');
});

test('what is not a number is a dash, never NaN', () => {
  for (const value of [null, undefined, Number.NaN, Number.POSITIVE_INFINITY])
    expect(shown(value, 's')).toBe('–');
});

test('exact values keep their digits', () => {
  expect(shown(0.0123456, 's', { exact: true })).toBe('12.3456 ms');
});
