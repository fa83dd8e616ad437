import { figureKey, type LiveFigure, type View } from '../api/answers.ts';
import { useLive } from '../api/use-live.ts';
import { Sparkline } from '../chart/sparkline.tsx';
import { showClock } from '../numbers/format-time.ts';
import { showText, showValue } from '../numbers/format-value.ts';
import { Skeleton } from '../panel/panel-states.tsx';
import { severityOf } from '../panel/severity.ts';
import { SeverityMark } from '../panel/severity-mark.tsx';
import type { Place } from '../place/place.ts';
import { Banner } from '../shell/banner.tsx';
import { ViewHead } from './view-head.tsx';

interface Props {
  readonly view: View;
  readonly place: Place;
}

const words = {
  connecting: 'Connecting',
  open: 'Live',
  lost: 'Connecting again',
  ended: 'Ended',
} as const;

/** The figures as they come in, a few seconds old; nothing is asked again and again by this page. */
export default function LiveView({ view, place }: Props) {
  const { state, figures, history, time, problem } = useLive(place.tenant, place.environment);
  return (
    <>
      <ViewHead title={view.title} description={view.description}>
        <p className={`live-state live-${problem === undefined ? state : 'lost'}`} role="status">
          <span className="live-dot" />
          {problem === undefined || state === 'ended' ? words[state] : 'Waiting for Prometheus'}
          {time !== undefined && <span className="live-time">{showClock(time)}</span>}
        </p>
      </ViewHead>
      {problem !== undefined && (
        <Banner tone="critical" title="No new figures.">
          {problem} {state === 'ended' ? '' : 'What you see is from before; it goes on by itself.'}
        </Banner>
      )}
      <div className="grid-live">
        {figures.length === 0
          ? view.panels.map(({ id }) => (
              <div className="card card-live" key={id}>
                <Skeleton shape="stat" />
              </div>
            ))
          : figures.map((figure) => (
              <LiveCard
                key={figureKey(figure)}
                figure={figure}
                values={history[figureKey(figure)] ?? []}
                view={view}
              />
            ))}
      </div>
    </>
  );
}

interface CardProps {
  readonly figure: LiveFigure;
  readonly values: readonly (number | null)[];
  readonly view: View;
}

function LiveCard({ figure: { id, title, value, unit, labels = {} }, values, view }: CardProps) {
  const panel = view.panels.find((one) => id === one.id);
  const severity = severityOf(value, panel?.thresholds);
  const { currency } = labels;
  const { number, unit: shown } = showValue(value, unit, { currency });
  const tone = severity === 'warning' || severity === 'critical' ? severity : 'accent';
  return (
    <section
      className="card card-live"
      aria-label={currency === undefined ? title : `${title}, ${currency}`}
    >
      <h2 className="live-title">{title}</h2>
      <p className="live-value" title={showText(value, unit, { currency, exact: true })}>
        {number} <span className="stat-unit">{shown}</span>
      </p>
      <p className="stat-foot">
        <SeverityMark severity={severity} />
      </p>
      <Sparkline values={values} tone={tone} />
    </section>
  );
}
