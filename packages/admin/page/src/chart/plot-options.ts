import type uPlot from 'uplot';
import type { Panel } from '../api/answers.ts';
import { axisTexts } from './axis-format.ts';
import type { ChartColours } from './chart-colours.ts';
import type { ChartLine } from './chart-lines.ts';

export interface PlotWish {
  readonly panel: Panel;
  readonly lines: readonly ChartLine[];
  readonly colours: ChartColours;
  readonly width: number;
  readonly height: number;
  readonly window: { readonly from: number; readonly to: number };
  /** Charts with the same key share their crosshair. */
  readonly crosshair: string;
  readonly onZoom: (from: number, to: number) => void;
  readonly onCursor: (index: number | null, left: number) => void;
}

const FONT = '11px "Inter Variable", system-ui, sans-serif';

/** How uPlot draws our charts: quiet axes, thin lines, a crosshair that all charts of a view share. */
export function plotOptions(wish: PlotWish): uPlot.Options {
  const { panel, lines, colours, width, height, window, crosshair } = wish;
  const axis = {
    stroke: colours.text,
    font: FONT,
    grid: { stroke: colours.grid, width: 1 },
    ticks: { show: false },
  };
  return {
    width,
    height,
    // Half of the longest time below the axis: the last one may stand at the very end.
    padding: [8, 34, 0, 0],
    legend: { show: false },
    cursor: {
      sync: { key: crosshair, setSeries: false },
      drag: { x: true, y: false, setScale: false },
      points: { size: 7 },
      focus: { prox: -1 },
    },
    scales: {
      x: { time: true, range: () => [window.from, window.to] },
      y: { range: (_, low, high) => yRange(low, high, panel) },
    },
    axes: [
      { ...axis, grid: { show: false }, space: 70, size: 26, gap: 6, values: timeTexts },
      {
        ...axis,
        size: 58,
        gap: 6,
        space: 36,
        values: (_, ticks) => axisTexts(ticks, panel.unit),
      },
    ],
    series: [
      {},
      ...lines.map((line) => ({
        label: line.name,
        stroke: line.colour,
        width: 1.6,
        spanGaps: false,
        points: { show: false },
        ...(panel.graph === 'stacked'
          ? { fill: `color-mix(in oklab, ${line.colour} 55%, ${colours.surface})` }
          : lines.length === 1 || panel.graph === 'area'
            ? { fill: `color-mix(in srgb, ${line.colour} 14%, transparent)` }
            : {}),
      })),
    ],
    hooks: {
      draw: [(plot) => drawLevels(plot, panel, colours)],
      setCursor: [({ cursor }) => wish.onCursor(cursor.idx ?? null, cursor.left ?? -1)],
      setSelect: [
        (plot) => {
          const { left, width: selected } = plot.select;
          if (selected < 8) return;
          wish.onZoom(plot.posToVal(left, 'x'), plot.posToVal(left + selected, 'x'));
        },
      ],
    },
  };
}

/** From zero, with some air above; a ratio that is always near 1 (hits, availability) is looked at from near. */
function yRange(low: number | null, high: number | null, { unit }: Panel): [number, number] {
  if (low === null || high === null) return [0, 1];
  if (unit === '1' && low > 0.9 && high <= 1) return [Math.max(0, 1 - (1 - low) * 1.6 - 0.002), 1];
  const least = Math.min(0, low);
  const most = high > least ? high : least + (unit === '1' ? 0.01 : unit === 's' ? 0.01 : 1);
  return [least * 1.05, most + (most - least) * 0.08];
}

/** The levels that alerts compare with, where they are in sight: a dashed line that means the same colour as the word. */
function drawLevels(plot: uPlot, { thresholds = [] }: Panel, colours: ChartColours): void {
  const { ctx, bbox, scales } = plot;
  const { min = 0, max = 0 } = scales.y ?? {};
  ctx.save();
  for (const { value, severity } of thresholds) {
    if (min === undefined || max === undefined || value <= (min ?? 0) || value > (max ?? 0))
      continue;
    const y = Math.round(plot.valToPos(value, 'y', true)) + 0.5;
    ctx.strokeStyle = colours[severity];
    ctx.globalAlpha = 0.75;
    ctx.lineWidth = devicePixelRatio;
    ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
  }
  ctx.restore();
}

const hour = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
const withSeconds = new Intl.DateTimeFormat(undefined, {
  hour: 'numeric',
  minute: '2-digit',
  second: '2-digit',
});
const day = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' });

/** Times of an axis in the reader's zone; midnight and long ranges show the day. */
export function timeTexts(_: uPlot | undefined, ticks: number[]): string[] {
  const step = (ticks[1] ?? 0) - (ticks[0] ?? 0);
  return ticks.map((tick) => {
    const date = new Date(tick * 1000);
    const isMidnight = date.getHours() === 0 && date.getMinutes() === 0 && date.getSeconds() === 0;
    if (step >= 86_400 || isMidnight) return day.format(date);
    return (step < 60 ? withSeconds : hour).format(date);
  });
}
