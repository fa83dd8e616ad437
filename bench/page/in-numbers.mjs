/** A value in as many digits as say something: 1,234 · 123 · 12.3 · 1.23 · 0.012, with its unit. */
export function inNumbers(value, unit = '') {
  const size = Math.abs(value);
  const digits = size >= 100 || Number.isInteger(value) ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 3;
  const number = value.toLocaleString('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return unit === '' || unit === '1' ? number : `${number} ${unit}`;
}
