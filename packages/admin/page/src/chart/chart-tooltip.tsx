import type { Panel } from '../api/answers.ts';
import { showDateTime } from '../numbers/format-time.ts';
import { showText } from '../numbers/format-value.ts';
import type { ChartLines } from './chart-lines.ts';

interface Props {
  readonly panel: Panel;
  readonly chart: ChartLines;
  readonly index: number;
  /** Where the crosshair is, in pixels from the plot's left edge. */
  readonly left: number;
  readonly width: number;
}

const AXIS = 58;

/** The values under the crosshair, the largest first. */
export function ChartTooltip({ panel, chart, index, left, width }: Props) {
  const time = chart.times[index];
  if (time === undefined) return null;
  const rows = chart.lines
    .map((line) => ({ ...line, value: line.values[index] ?? null }))
    .filter(({ value }) => value !== null)
    .sort((a, b) => (b.value ?? 0) - (a.value ?? 0))
    .slice(0, 8);
  const isRight = left + AXIS > width / 2;
  const style = isRight ? { right: width - left - AXIS + 12 } : { left: left + AXIS + 12 };
  return (
    <div className="tooltip" style={style} role="status">
      <div className="tooltip-time">{showDateTime(time)}</div>
      {rows.length === 0 && <div className="tooltip-none">no values</div>}
      {rows.map(({ name, colour, value, currency }) => (
        <div className="tooltip-row" key={name}>
          <span className="swatch" style={{ background: colour }} />
          <span className="tooltip-name">{name}</span>
          <span className="tooltip-value">
            {showText(value, panel.unit, { currency, exact: false })}
          </span>
        </div>
      ))}
    </div>
  );
}
