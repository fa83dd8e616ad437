import { showValue } from '../numbers/format-value.ts';

/**
 * The texts of an axis's ticks: all in the unit of the largest, so that the eye compares numbers and not units, with as many digits
 * as the step between them needs.
 */
export function axisTexts(ticks: readonly number[], unit: string): string[] {
  const most = Math.max(0, ...ticks.map(Math.abs));
  if (most === 0) return ticks.map(() => '0');
  const { unit: shownUnit } = showValue(most, unit);
  const factor = factorOf(most, unit);
  const step = Math.abs((ticks[1] ?? most) - (ticks[0] ?? 0)) * factor;
  const isWhole = step >= 10 || Number.isInteger(Number(step.toFixed(6)));
  const fraction = isWhole ? 0 : Math.min(4, Math.max(1, Math.ceil(-Math.log10(step) - 1e-9)));
  const compact = most * factor >= 10_000;
  const format = new Intl.NumberFormat(undefined, {
    minimumFractionDigits: compact ? 0 : fraction,
    maximumFractionDigits: compact ? 1 : fraction,
    ...(compact ? { notation: 'compact' } : {}),
  });
  const short =
    shownUnit.length <= 5 && /^(%|ms|s|µs|min|h|days|[KMGT]?i?B(\/s)?)$/.test(shownUnit);
  return ticks.map((tick) => {
    if (tick === 0) return '0';
    const number = format.format(tick * factor);
    return !short ? number : shownUnit === '%' ? `${number}%` : `${number} ${shownUnit}`;
  });
}

function factorOf(most: number, unit: string): number {
  if (unit === '1') return 100;
  if (unit === 'ms') return factorOf(most / 1000, 's') / 1000;
  if (unit === 's') {
    if (most >= 172_800) return 1 / 86_400;
    if (most >= 7200) return 1 / 3600;
    if (most >= 120) return 1 / 60;
    if (most >= 1) return 1;
    return most >= 1e-3 ? 1e3 : 1e6;
  }
  if (unit.startsWith('By')) {
    const power = Math.min(4, Math.floor(Math.log2(most) / 10));
    return 1 / 2 ** (10 * Math.max(0, power));
  }
  return 1;
}
