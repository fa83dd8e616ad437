import { PanelBuilder } from '@grafana/grafana-foundation-sdk/bargauge';
import { BarGaugeDisplayMode, VizOrientation } from '@grafana/grafana-foundation-sdk/common';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { sized, type ValuePanel, withValues } from './panel.ts';
import { targetOf } from './panel-query.ts';

/** A bar a series, as they stand now: for a ranking or a share of a limit. */
export function barGauge(panel: ValuePanel): Panel {
  const builder = withValues(new PanelBuilder(), { min: 0, ...panel })
    .displayMode(BarGaugeDisplayMode.Basic)
    .orientation(VizOrientation.Horizontal)
    .reduceOptions({ build: () => ({ calcs: ['lastNotNull'], fields: '', values: false }) })
    .targets(panel.queries.map((query, i) => targetOf(query, i)));
  return sized(builder.build(), panel, 8, 8);
}
