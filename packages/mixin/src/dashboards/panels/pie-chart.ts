import {
  LegendDisplayMode,
  LegendPlacement,
  SortOrder,
  TooltipDisplayMode,
} from '@grafana/grafana-foundation-sdk/common';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import {
  PanelBuilder,
  PieChartLegendValues,
  PieChartType,
} from '@grafana/grafana-foundation-sdk/piechart';
import { sized, type ValuePanel, withValues } from './panel.ts';
import { targetOf } from './panel-query.ts';

/** Shares of a whole: few slices that add up to something. */
export function pieChart(panel: ValuePanel): Panel {
  const builder = withValues(new PanelBuilder(), panel)
    .pieType(PieChartType.Donut)
    .reduceOptions({ build: () => ({ calcs: ['lastNotNull'], fields: '', values: false }) })
    .legend({
      build: () => ({
        displayMode: LegendDisplayMode.Table,
        placement: LegendPlacement.Right,
        showLegend: true,
        calcs: [],
        values: [PieChartLegendValues.Value, PieChartLegendValues.Percent],
      }),
    })
    .tooltip({ build: () => ({ mode: TooltipDisplayMode.Single, sort: SortOrder.None }) })
    .targets(panel.queries.map((query, i) => targetOf(query, i)));
  return sized(builder.build(), panel, 8, 8);
}
