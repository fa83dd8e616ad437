import { showText } from '../numbers/format-value.ts';
import type { ChartLines } from './chart-lines.ts';

interface Props {
  readonly chart: ChartLines;
  readonly unit: string;
  /** The step under the crosshair; none shows the newest values. */
  readonly index: number | null;
}

/** The lines of a chart by colour and name, with their values. */
export function ChartLegend({ chart, unit, index }: Props) {
  return (
    <ul className="legend">
      {chart.lines.map(({ name, colour, last, values, currency }) => (
        <li key={name} title={name}>
          <span className="swatch" style={{ background: colour }} />
          <span className="legend-name">{name}</span>
          <span className="legend-value">
            {showText(index === null ? last : values[index], unit, { currency })}
          </span>
        </li>
      ))}
      {chart.hidden > 0 && <li className="legend-more">and {chart.hidden} more in the table</li>}
    </ul>
  );
}
