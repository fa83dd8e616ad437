import { showText } from '../numbers/format-value.ts';
import type { ChartLines } from './chart-lines.ts';

/** What a chart shows, in a sentence or two, for those who hear the page. */
export function chartSummary(title: string, unit: string, { lines, hidden }: ChartLines): string {
  const parts = lines.slice(0, 6).map(({ name, values, last, currency }) => {
    const known = values.filter((value) => value !== null);
    if (known.length === 0) return `${name}: no values`;
    const say = (value: number | null) => showText(value, unit, { currency });
    const range = `from ${say(Math.min(...known))} to ${say(Math.max(...known))}`;
    return `${name === title ? '' : `${name}: `}now ${say(last)}, ${range}`;
  });
  const more = lines.length - parts.length + hidden;
  return `${title}, line chart. ${parts.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`;
}
