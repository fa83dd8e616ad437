import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Panel } from '../api/answers.ts';
import { stackColumns } from './align-series.ts';
import type { ChartColours } from './chart-colours.ts';
import type { ChartLines } from './chart-lines.ts';
import { ChartTooltip } from './chart-tooltip.tsx';
import { plotOptions } from './plot-options.ts';
import { useWidth } from './use-width.ts';

interface Props {
  readonly panel: Panel;
  readonly chart: ChartLines;
  readonly colours: ChartColours;
  readonly window: { readonly from: number; readonly to: number };
  readonly crosshair: string;
  readonly summary: string;
  readonly onZoom: (from: number, to: number) => void;
  /** The step under the crosshair, also when another chart of the view moved it. */
  readonly onIndex: (index: number | null) => void;
}

export const CHART_HEIGHT = 188;

/** Lines over time. Drag to zoom; arrow keys move the crosshair when the chart has the focus. */
export function TimeChart({
  panel,
  chart,
  colours,
  window,
  crosshair,
  summary,
  onZoom,
  onIndex,
}: Props) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const width = useWidth(place);
  const [cursor, setCursor] = useState<{ index: number | null; left: number }>({
    index: null,
    left: 0,
  });
  const [isMine, setMine] = useState(false);
  const told = useRef({ onZoom, onIndex });
  told.current = { onZoom, onIndex };
  const span = useRef(window);
  span.current = window;

  const shape = `${panel.id}|${panel.unit}|${chart.lines.map(({ name, colour }) => `${name}:${colour}`).join('|')}|${colours.surface}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `shape` says when a new plot is needed; data alone is set below.
  useLayoutEffect(() => {
    if (place.current === null || width === 0) return;
    const live = {
      get from() {
        return span.current.from;
      },
      get to() {
        return span.current.to;
      },
    };
    const made = new uPlot(
      plotOptions({
        panel,
        lines: panel.graph === 'stacked' ? chart.lines.toReversed() : chart.lines,
        colours,
        width,
        height: CHART_HEIGHT,
        window: live,
        crosshair,
        onZoom: (from, to) => told.current.onZoom(from, to),
        onCursor: (index, left) => {
          setCursor({ index, left });
          told.current.onIndex(left < 0 ? null : index);
        },
      }),
      dataOf(panel, chart),
      place.current,
    );
    plot.current = made;
    return () => {
      made.destroy();
      plot.current = null;
    };
  }, [shape, crosshair, width === 0]);

  useEffect(() => {
    if (width > 0) plot.current?.setSize({ width, height: CHART_HEIGHT });
  }, [width]);

  useEffect(() => {
    plot.current?.setData(dataOf(panel, chart));
  }, [panel, chart]);

  const move = useCallback(
    (step: number) => {
      const { current } = plot;
      if (current === null || chart.times.length === 0) return;
      const index = Math.min(
        chart.times.length - 1,
        Math.max(0, (current.cursor.idx ?? chart.times.length - 1) + step),
      );
      const left = current.valToPos(chart.times[index] ?? 0, 'x');
      current.setCursor({ left, top: 20 });
    },
    [chart],
  );

  return (
    <div className="chart">
      <div
        ref={place}
        className="chart-canvas"
        role="img"
        aria-label={summary}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the crosshair moves with the arrow keys.
        tabIndex={0}
        onKeyDown={(event) => {
          const step = { ArrowLeft: -1, ArrowRight: 1, Home: -1e6, End: 1e6 }[event.key];
          if (step === undefined) return;
          event.preventDefault();
          move(step);
        }}
        onFocus={() => setMine(true)}
        onBlur={() => {
          setMine(false);
          plot.current?.setCursor({ left: -10, top: -10 });
        }}
        onPointerEnter={() => setMine(true)}
        onPointerLeave={() => setMine(false)}
      />
      {isMine && cursor.index !== null && cursor.left >= 0 && (
        <ChartTooltip
          panel={panel}
          chart={chart}
          index={cursor.index}
          left={cursor.left}
          width={width}
        />
      )}
    </div>
  );
}

/** Stacked lines are drawn from the top one down, so that each covers what is below it. */
function dataOf(panel: Panel, { times, lines }: ChartLines): uPlot.AlignedData {
  const columns = lines.map(({ values }) => values);
  const shown = panel.graph === 'stacked' ? stackColumns(columns).toReversed() : columns;
  return [[...times], ...shown.map((column) => [...column])];
}
