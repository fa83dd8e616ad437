import type { Panel, RangeAnswer, Series } from '../api/answers.ts';
import { useAnswer } from '../api/use-answer.ts';
import { Sparkline } from '../chart/sparkline.tsx';
import { showDuration } from '../numbers/format-time.ts';
import { showText, showValue } from '../numbers/format-value.ts';
import { seriesName } from '../numbers/label-text.ts';
import { answerNotes } from './answer-notes.ts';
import { PanelCard } from './panel-card.tsx';
import { type PanelScope, rangePath } from './panel-scope.ts';
import { Empty, Failed, Skeleton } from './panel-states.tsx';
import { severityOf } from './severity.ts';
import { SeverityMark } from './severity-mark.tsx';
import { staleSeconds } from './stale.ts';

/** One number, how it came to be, and whether it is a good one. */
export function StatPanel({ panel, scope }: { readonly panel: Panel; readonly scope: PanelScope }) {
  const { data, problem } = useAnswer<RangeAnswer>(
    rangePath(panel.query, scope),
    scope.subject,
    scope.tick,
  );
  const series = (data?.series ?? []).filter(({ points }) => points.some(([, v]) => v !== null));
  return (
    <PanelCard
      panel={panel}
      kind="stat"
      problem={data === undefined ? undefined : problem}
      note={answerNotes(data, scope)}
      staleSeconds={data && scope.window.isMoving ? staleSeconds(data) : undefined}
    >
      {data === undefined ? (
        problem === undefined ? (
          <Skeleton shape="stat" />
        ) : (
          <Failed shape="stat" problem={problem} />
        )
      ) : series.length === 0 ? (
        <Empty shape="stat" />
      ) : series.length === 1 && series[0] !== undefined ? (
        <OneNumber panel={panel} series={series[0]} seconds={data.to - data.from} />
      ) : (
        <SomeNumbers panel={panel} series={series} />
      )}
    </PanelCard>
  );
}

function OneNumber({
  panel,
  series,
  seconds,
}: {
  readonly panel: Panel;
  readonly series: Series;
  readonly seconds: number;
}) {
  const values = series.points.map(([, value]) => value);
  const last = values.findLast((value) => value !== null) ?? null;
  const first = values.find((value) => value !== null) ?? null;
  const currency = series.labels.currency;
  const { number, unit } = showValue(last, panel.unit, { currency });
  const severity = severityOf(last, panel.thresholds);
  return (
    <div className="stat">
      <div className="stat-number" title={showText(last, panel.unit, { currency, exact: true })}>
        <span className="stat-value">{number}</span>
        {unit !== '' && <span className="stat-unit">{unit}</span>}
      </div>
      <div className="stat-foot">
        {severity === 'none' ? (
          <span className="stat-change">{changeText(first, last, seconds)}</span>
        ) : (
          <SeverityMark severity={severity} />
        )}
      </div>
      <Sparkline
        values={values}
        tone={severity === 'none' || severity === 'ok' ? 'accent' : severity}
      />
    </div>
  );
}

function SomeNumbers({
  panel,
  series,
}: {
  readonly panel: Panel;
  readonly series: readonly Series[];
}) {
  return (
    <ul className="stat-list">
      {series.slice(0, 4).map(({ labels, points }) => {
        const values = points.map(([, value]) => value);
        const last = values.findLast((value) => value !== null) ?? null;
        const name = labels.currency ?? seriesName(labels, panel.legend, panel.title);
        const { number, unit } = showValue(last, panel.unit, { currency: labels.currency });
        const severity = severityOf(last, panel.thresholds);
        return (
          <li key={name}>
            <span className="stat-list-name" title={name}>
              {severity === 'none' || severity === 'ok' ? (
                name
              ) : (
                <SeverityMark severity={severity} />
              )}
            </span>
            <Sparkline values={values} tone="accent" />
            <span className="stat-list-value">
              {number} {labels.currency === undefined && <small>{unit}</small>}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** `+12 % in 1 hour`; nothing where the start was nothing. */
function changeText(first: number | null, last: number | null, seconds: number): string {
  if (first === null || last === null || first === 0) return '\u00a0';
  const change = (last - first) / Math.abs(first);
  const percent = Math.round(change * 100);
  if (Math.abs(percent) > 999) return '\u00a0';
  const sign = percent > 0 ? '+' : percent < 0 ? '\u2212' : '\u00b1';
  return `${sign}${Math.abs(percent)}\u202f% in ${showDuration(seconds)}`;
}
