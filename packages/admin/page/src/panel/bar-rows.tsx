import type { InstantRow, Panel } from '../api/answers.ts';
import { showText } from '../numbers/format-value.ts';
import { seriesName } from '../numbers/label-text.ts';
import { severityOf } from './severity.ts';
import { SeverityMark } from './severity-mark.tsx';

interface Props {
  readonly panel: Panel;
  readonly rows: readonly InstantRow[];
}

const MOST_BARS = 12;

/** A bar for each row, as long as its share of the longest; shares and budgets are measured against the whole. */
export function BarRows({ panel, rows }: Props) {
  const shown = rows.slice(0, MOST_BARS);
  const isFunnel = /funnel/.test(panel.query);
  const most =
    panel.unit === '1' && shown.every(({ value }) => (value ?? 0) <= 1)
      ? wholeFor(panel, shown)
      : Math.max(...shown.map(({ value }) => Math.abs(value ?? 0)));
  const first = shown[0]?.value ?? 0;
  return (
    <ul className="bars">
      {shown.map(({ labels, value }, index) => {
        const name = seriesName(labels, panel.legend, panel.title);
        const severity = severityOf(value, panel.thresholds);
        const share = most > 0 ? Math.max(0, Math.min(1, (value ?? 0) / most)) : 0;
        const currency = labels.currency;
        return (
          <li key={JSON.stringify(labels)}>
            <span className="bar-name" title={name}>
              {name}
            </span>
            <span
              className="bar-value"
              title={showText(value, panel.unit, { currency, exact: true })}
            >
              {isFunnel && index > 0 && first > 0 && (
                <span className="bar-share">{showText((value ?? 0) / first, '1')} · </span>
              )}
              {showText(value, panel.unit, { currency })}
              {(severity === 'warning' || severity === 'critical') && (
                <SeverityMark severity={severity} />
              )}
            </span>
            <span className={`bar bar-${severity}`} aria-hidden="true">
              <span style={{ width: `${share * 100}%` }} />
            </span>
          </li>
        );
      })}
      {rows.length > MOST_BARS && (
        <li className="legend-more">and {rows.length - MOST_BARS} more in the table</li>
      )}
    </ul>
  );
}

/** A share is measured against 1 where it is a level (budget left, heap in use), against the largest where all are tiny. */
function wholeFor({ thresholds = [] }: Panel, rows: readonly InstantRow[]): number {
  const most = Math.max(...rows.map(({ value }) => value ?? 0));
  const isLevel = most > 0.2 || thresholds.some(({ bad }) => bad === 'below');
  return isLevel ? 1 : most;
}
