import {
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  SortOrder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
} from '@grafana/grafana-foundation-sdk/common';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { sized, type ValuePanel, withValues } from './panel.ts';
import { targetOf } from './panel-query.ts';
import { isNeutral } from './panel-thresholds.ts';

export interface TimeSeriesPanel extends ValuePanel {
  /** Series on top of each other: only where their sum means something. */
  readonly stack?: boolean;
}

/** Lines over time. Thresholds are dashed lines; the axis starts at 0 unless `min` says otherwise. */
export function timeSeries(panel: TimeSeriesPanel): Panel {
  const builder = withValues(new PanelBuilder(), { min: 0, ...panel })
    .lineWidth(1)
    .fillOpacity(panel.stack ? 30 : 10)
    .showPoints(VisibilityMode.Auto)
    .stacking({
      build: () => ({ mode: panel.stack ? StackingMode.Normal : StackingMode.None, group: 'A' }),
    })
    .thresholdsStyle({
      build: () => ({
        mode: isNeutral(panel.thresholds)
          ? GraphThresholdsStyleMode.Off
          : GraphThresholdsStyleMode.Dashed,
      }),
    })
    .legend({
      build: () => ({
        displayMode: LegendDisplayMode.Table,
        placement: LegendPlacement.Bottom,
        showLegend: true,
        calcs: ['lastNotNull', 'mean', 'max'],
      }),
    })
    .tooltip({ build: () => ({ mode: TooltipDisplayMode.Multi, sort: SortOrder.Descending }) })
    .targets(panel.queries.map((query, i) => targetOf(query, i)));
  return sized(builder.build(), panel, 12, 8);
}
