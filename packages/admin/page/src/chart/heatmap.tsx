import { useEffect, useRef, useState } from 'react';
import { showDateTime } from '../numbers/format-time.ts';
import { showText } from '../numbers/format-value.ts';
import type { ChartColours } from './chart-colours.ts';
import { drawHeatmap, type HeatmapFrame, heatmapFrame } from './draw-heatmap.ts';
import type { HeatmapCells } from './heatmap-cells.ts';
import { timeTexts } from './plot-options.ts';
import { useWidth } from './use-width.ts';

interface Props {
  readonly cells: HeatmapCells;
  readonly colours: ChartColours;
  readonly unit: string;
  readonly window: { readonly from: number; readonly to: number };
  readonly step: number;
  readonly summary: string;
}

const HEIGHT = 240;

/** How often each time to answer came up: darker means more. The scale is logarithmic in colour, so that rare slow ones show. */
export function Heatmap({ cells, colours, unit, window, step, summary }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const place = useRef<HTMLDivElement>(null);
  const width = useWidth(place);
  const [over, setOver] = useState<{ x: number; y: number }>();
  const frame: HeatmapFrame = heatmapFrame({ cells, width, height: HEIGHT, window, step });

  useEffect(() => {
    if (canvas.current !== null && width > 0)
      drawHeatmap(canvas.current, frame, colours, (ticks) => timeTexts(undefined, ticks));
  });

  const found = over === undefined ? undefined : frame.cellAt(over.x, over.y);
  return (
    <div className="chart" ref={place}>
      <canvas
        ref={canvas}
        className="chart-canvas heatmap"
        role="img"
        aria-label={summary}
        onPointerMove={({ nativeEvent: { offsetX, offsetY } }) =>
          setOver({ x: offsetX, y: offsetY })
        }
        onPointerLeave={() => setOver(undefined)}
      >
        {summary}
      </canvas>
      {over !== undefined && found !== undefined && (
        <div
          className="tooltip"
          style={
            over.x > width / 2
              ? { right: width - over.x + 12, top: over.y }
              : { left: over.x + 12, top: over.y }
          }
        >
          <div className="tooltip-time">{showDateTime(found.time)}</div>
          <div className="tooltip-row">
            <span className="tooltip-name">{found.bucket}</span>
            <span className="tooltip-value">{showText(found.count, unit)}</span>
          </div>
        </div>
      )}
    </div>
  );
}
