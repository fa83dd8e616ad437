import type { InstantRow, Panel } from '../api/answers.ts';
import { showText, showValue } from '../numbers/format-value.ts';
import { seriesName } from '../numbers/label-text.ts';
import { severityOf } from './severity.ts';
import { SeverityMark } from './severity-mark.tsx';

interface Props {
  readonly panel: Panel;
  readonly rows: readonly InstantRow[];
}

/** Numbers that stand for themselves, without a bar that would compare what can't be compared. */
export function Amounts({ panel, rows }: Props) {
  return (
    <ul className="amounts">
      {rows.slice(0, 12).map(({ labels, value }) => {
        const { currency } = labels;
        const name = currency ?? seriesName(labels, panel.legend, '');
        const { number, unit } = showValue(value, panel.unit, { currency });
        return (
          <li key={JSON.stringify(labels)}>
            <span className="bar-name" title={name}>
              {name}
              <SeverityMark severity={severityOf(value, panel.thresholds)} />
            </span>
            <span className="amount" title={showText(value, panel.unit, { currency, exact: true })}>
              {number}{' '}
              {unit !== currency && (
                <span className="stat-unit">{unit.replace(currency ?? '\0', '')}</span>
              )}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
