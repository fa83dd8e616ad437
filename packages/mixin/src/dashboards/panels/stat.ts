import { BigValueColorMode, BigValueGraphMode } from '@grafana/grafana-foundation-sdk/common';
import type { Panel, ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { sized, type ValuePanel, withValues } from './panel.ts';
import { targetOf } from './panel-query.ts';

export interface StatPanel extends ValuePanel {
  /** Words for numbers, as 1 -> `up`. */
  readonly mappings?: readonly ValueMapping[];
}

/** One big number a series, in the colour of its threshold; a line behind it unless the query is instant. */
export function stat(panel: StatPanel): Panel {
  const instant = panel.queries.every((query) => query.instant);
  const builder = withValues(new PanelBuilder(), panel)
    .graphMode(instant ? BigValueGraphMode.None : BigValueGraphMode.Area)
    .colorMode(BigValueColorMode.Value)
    .reduceOptions({ build: () => ({ calcs: ['lastNotNull'], fields: '', values: false }) })
    .targets(panel.queries.map((query, i) => targetOf(query, i)));
  if (panel.mappings !== undefined) builder.mappings([...panel.mappings]);
  return sized(builder.build(), panel, 4, 4);
}
