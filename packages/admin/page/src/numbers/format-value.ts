/** A number as people read it: what stands before the unit, and the unit. */
export interface Shown {
  readonly number: string;
  readonly unit: string;
}

const NONE: Shown = { number: '–', unit: '' };

/**
 * Shows a value of a UCUM unit: seconds become ms or hours, bytes become MiB, ratios become per cent, `{order}/h` becomes
 * orders/h, money takes the currency of its series. `exact` keeps up to six digits, for tooltips and tables.
 */
export function showValue(
  value: number | null | undefined,
  unit: string,
  { currency, exact = false }: { currency?: string | undefined; exact?: boolean } = {},
): Shown {
  if (value === null || value === undefined || !Number.isFinite(value)) return NONE;
  if (unit === 's') return scaled(value, timeScale, exact);
  if (unit === 'ms') return scaled(value / 1000, timeScale, exact);
  if (unit === 'By') return scaled(value, byteScale, exact);
  if (unit === 'By/s') return withSuffix(scaled(value, byteScale, exact), '/s');
  if (unit === '1') return percent(value * 100, exact);
  if (unit === '%') return percent(value, exact);
  if (unit === 'Cel') return { number: plain(value, exact), unit: '°C' };
  if (/currency/.test(unit)) return money(value, currency, unit, exact);
  return { number: plain(value, exact), unit: words(unit, value) };
}

export function showText(...asked: Parameters<typeof showValue>): string {
  const { number, unit } = showValue(...asked);
  if (unit === '') return number;
  return unit === '%' ? `${number}\u202f%` : `${number}\u00a0${unit}`;
}

type Scale = readonly (readonly [from: number, divisor: number, unit: string])[];

const timeScale: Scale = [
  [172_800, 86_400, 'days'],
  [7200, 3600, 'h'],
  [120, 60, 'min'],
  [1, 1, 's'],
  [1e-3, 1e-3, 'ms'],
  [0, 1e-6, 'µs'],
];

const byteScale: Scale = [
  [2 ** 40, 2 ** 40, 'TiB'],
  [2 ** 30, 2 ** 30, 'GiB'],
  [2 ** 20, 2 ** 20, 'MiB'],
  [2 ** 10, 2 ** 10, 'KiB'],
  [0, 1, 'B'],
];

function scaled(value: number, scale: Scale, exact: boolean): Shown {
  const size = Math.abs(value);
  if (size === 0) return { number: '0', unit: scale === timeScale ? 's' : 'B' };
  const [, divisor, unit] = scale.find(([from]) => size >= from) ?? [0, 1, ''];
  return { number: plain(value / divisor, exact), unit };
}

const withSuffix = ({ number, unit }: Shown, suffix: string): Shown => ({
  number,
  unit: `${unit}${suffix}`,
});

function percent(value: number, exact: boolean): Shown {
  const size = Math.abs(value);
  if (exact) return { number: digits(value, 6), unit: '%' };
  const fraction = size === 0 || size >= 99.995 ? 0 : size < 1 || size > 99 ? 2 : 1;
  return { number: fixed(value, fraction), unit: '%' };
}

function money(value: number, currency: string | undefined, unit: string, exact: boolean): Shown {
  const rate = /\/(\w+)$/.exec(unit);
  const suffix = rate ? `/${rate[1]}` : '';
  const number =
    Math.abs(value) >= 100_000 && !exact
      ? plain(value, false)
      : fixed(value, exact || Math.abs(value) < 1000 ? decimals(value, currency) : 0);
  return { number, unit: `${currency ?? ''}${suffix}` };
}

/** Those of the currency: three of a dinar, none of a yen, but for what is no amount that could be paid, as an average. */
function decimals(value: number, currency: string | undefined): number {
  const most = /^[A-Z]{3}$/.test(currency ?? '')
    ? (format(`c${currency}`, { style: 'currency', currency: currency ?? '' }).resolvedOptions()
        .maximumFractionDigits ?? 2)
    : 2;
  return most === 0 && Number.isInteger(value) ? 0 : Math.max(2, most);
}

function plain(value: number, exact: boolean): string {
  const size = Math.abs(value);
  if (exact) return digits(value, size >= 1e6 ? 9 : 6);
  if (size === 0) return '0';
  if (size < 0.001) return '<\u202f0.001';
  if (size >= 100_000)
    return new Intl.NumberFormat(undefined, {
      notation: 'compact',
      maximumFractionDigits: 1,
    }).format(value);
  if (size >= 1000 || Number.isInteger(value)) return fixed(value, 0);
  return digits(value, 3);
}

const formats = new Map<string, Intl.NumberFormat>();
function format(key: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const made = formats.get(key) ?? new Intl.NumberFormat(undefined, options);
  formats.set(key, made);
  return made;
}
const digits = (value: number, most: number) =>
  format(`d${most}`, { maximumSignificantDigits: most }).format(value);
const fixed = (value: number, fraction: number) =>
  format(`f${fraction}`, {
    minimumFractionDigits: fraction,
    maximumFractionDigits: fraction,
  }).format(value);

/** `{order}/h` -> `orders/h`; a UCUM annotation is a word for people. */
function words(unit: string, value: number): string {
  return unit.replace(/\{([^}]*)\}/g, (_, word: string) =>
    Math.abs(value) === 1 || /(?<!s)s$/.test(word) ? word : plural(word),
  );
}

function plural(word: string): string {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(s|x|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}
