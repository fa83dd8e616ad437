import { showText } from '../numbers/format-value.ts';
import type { ChartColours } from './chart-colours.ts';
import type { HeatmapCells } from './heatmap-cells.ts';

interface Wish {
  readonly cells: HeatmapCells;
  readonly width: number;
  readonly height: number;
  readonly window: { readonly from: number; readonly to: number };
  readonly step: number;
}

/** Where each cell of a heatmap is on the canvas. */
export interface HeatmapFrame extends Wish {
  readonly rowHeight: number;
  readonly x: (time: number) => number;
  readonly y: (row: number) => number;
  readonly cellAt: (
    x: number,
    y: number,
  ) => { readonly time: number; readonly bucket: string; readonly count: number } | undefined;
}

const LEFT = 64;
const RIGHT = 8;
const TOP = 6;
const BOTTOM = 24;

export function heatmapFrame(wish: Wish): HeatmapFrame {
  const { cells, width, height, window, step } = wish;
  const rowHeight = (height - TOP - BOTTOM) / Math.max(1, cells.bounds.length);
  const scale = (width - LEFT - RIGHT) / (window.to - window.from);
  const x = (time: number) => LEFT + (time - window.from) * scale;
  const y = (row: number) => height - BOTTOM - (row + 1) * rowHeight;
  const cellAt = (left: number, top: number) => {
    const row = Math.floor((height - BOTTOM - top) / rowHeight);
    const time = window.from + (left - LEFT) / scale;
    const column = cells.times.findIndex((at) => time > at - step && time <= at);
    const count = cells.counts[row]?.[column];
    return count === undefined
      ? undefined
      : { time: cells.times[column] ?? 0, bucket: bucketText(cells.bounds, row), count };
  };
  return { ...wish, rowHeight, x, y, cellAt };
}

/** `50 ms to 100 ms`. */
export function bucketText(bounds: readonly number[], row: number): string {
  const upper = bounds[row] ?? 0;
  const lower = row === 0 ? undefined : bounds[row - 1];
  if (upper === Number.POSITIVE_INFINITY) return `over ${showText(lower ?? 0, 's')}`;
  return lower === undefined
    ? `up to ${showText(upper, 's')}`
    : `${showText(lower, 's')} to ${showText(upper, 's')}`;
}

export function drawHeatmap(
  canvas: HTMLCanvasElement,
  frame: HeatmapFrame,
  colours: ChartColours,
  timeTexts: (ticks: number[]) => string[],
): void {
  const { cells, width, height, step, x, y, rowHeight } = frame;
  const ratio = devicePixelRatio;
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.scale(ratio, ratio);
  context.clearRect(0, 0, width, height);
  const cellWidth = Math.max(1, x(step) - x(0));
  cells.counts.forEach((row, rowIndex) => {
    row.forEach((count, column) => {
      if (count <= 0) return;
      context.fillStyle = heatColour(count, cells.most, colours.heat);
      const left = Math.max(LEFT, x(cells.times[column] ?? 0) - cellWidth);
      context.fillRect(left, y(rowIndex) + 0.5, cellWidth - (cellWidth > 4 ? 1 : 0), rowHeight - 1);
    });
  });
  drawAxes(context, frame, colours, timeTexts);
}

function heatColour(count: number, most: number, heat: readonly string[]): string {
  const share = Math.log1p((count / most) * 99) / Math.log(100);
  return heat[Math.min(heat.length - 1, Math.floor(share * heat.length))] ?? '';
}

function drawAxes(
  context: CanvasRenderingContext2D,
  { cells, window, height, x, y, rowHeight }: HeatmapFrame,
  colours: ChartColours,
  timeTexts: (ticks: number[]) => string[],
): void {
  context.fillStyle = colours.text;
  context.font = '11px "Inter Variable", system-ui, sans-serif';
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  const every = Math.max(1, Math.ceil(16 / rowHeight));
  cells.bounds.forEach((bound, row) => {
    if (row % every !== 0) return;
    const text = bound === Number.POSITIVE_INFINITY ? '∞' : showText(bound, 's');
    context.fillText(text, LEFT - 8, y(row));
  });
  const span = window.to - window.from;
  const steps = [60, 300, 600, 900, 1800, 3600, 10_800, 21_600, 43_200, 86_400, 432_000];
  const wanted = Math.max(2, Math.floor((x(window.to) - x(window.from)) / 90));
  const step = steps.find((seconds) => span / seconds <= wanted) ?? 432_000;
  const offset = new Date(window.from * 1000).getTimezoneOffset() * 60;
  const ticks: number[] = [];
  const first = Math.ceil((window.from - offset) / step) * step + offset;
  for (let tick = first; tick <= window.to; tick += step) ticks.push(tick);
  context.textAlign = 'center';
  timeTexts(ticks).forEach((text, index) => {
    context.fillText(text, x(ticks[index] ?? 0), height - BOTTOM + 14);
  });
}
