import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/heatmap';
import { PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import { sized, type ValuePanel, withValues } from './panel.ts';
import { targetOf } from './panel-query.ts';

/**
 * How recordings spread over the buckets of a histogram, over time. The query is `buckets(...)` of `query/promql.ts`, which
 * knows both flavours; `unit` is that of the axis.
 */
export function heatmap(panel: ValuePanel): Panel {
  const builder = withValues(new PanelBuilder(), panel)
    .calculate(false)
    .yAxis({ build: () => ({ unit: panel.unit }) })
    .cellValues({ build: () => ({ unit: 'short' }) })
    .color({
      build: () => ({
        scheme: 'Oranges',
        fill: 'dark-orange',
        exponent: 0.5,
        steps: 64,
        reverse: false,
      }),
    })
    .targets(panel.queries.map((query, i) => targetOf(query, i, PromQueryFormat.Heatmap)));
  return sized(builder.build(), panel, 24, 10);
}
