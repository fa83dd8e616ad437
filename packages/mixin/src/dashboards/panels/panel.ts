import type {
  DashboardLink,
  Panel,
  ThresholdsConfig,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DATASOURCE } from '../frame/datasource.ts';
import { describe, type PanelDescription } from './panel-description.ts';
import type { PanelQuery } from './panel-query.ts';
import type { PanelUnit } from './panel-units.ts';

/** What no panel may be without. */
export interface PanelBasics {
  /** Unique on its dashboard; says what is drawn, not how. */
  readonly title: string;
  readonly description: PanelDescription;
  /** Columns of 24; the panels of a line are stretched to fill it. Default: that of the kind of panel. */
  readonly width?: number;
  /** Grid rows of about 30 px. Default: that of the kind of panel. */
  readonly height?: number;
}

/** What panels of numbers have besides. */
export interface ValuePanel extends PanelBasics {
  readonly unit: PanelUnit;
  /** `badAbove(...)` or `badBelow(...)` of a constant in `src/thresholds`, or `neutral`. */
  readonly thresholds: ThresholdsConfig;
  readonly queries: readonly PanelQuery[];
  /** Places to go to from a series, made by `dataLink`. */
  readonly links?: readonly DashboardLink[];
  readonly decimals?: number;
  /** `undefined` on purpose: whatever the data has. */
  readonly min?: number | undefined;
  readonly max?: number;
  /** Shown instead of a number where there is none. Default `No data`. */
  readonly noValue?: string;
}

/** The part of Grafana's panel builders that is the same for all kinds. */
interface Builder<B> {
  build(): Panel;
  title(title: string): B;
  description(description: string): B;
  datasource(datasource: typeof DATASOURCE): B;
  unit(unit: string): B;
  thresholds(thresholds: { build: () => ThresholdsConfig }): B;
  dataLinks(links: { build: () => DashboardLink }[]): B;
  decimals(decimals: number): B;
  min(min: number): B;
  max(max: number): B;
  noValue(noValue: string): B;
}

/** Says of a panel what all kinds say alike. */
export function withBasics<B extends Builder<B>>(builder: B, panel: PanelBasics): B {
  return builder.title(panel.title).description(describe(panel.description)).datasource(DATASOURCE);
}

/** The same, and the way its numbers are shown. */
export function withValues<B extends Builder<B>>(builder: B, panel: ValuePanel): B {
  withBasics(builder, panel)
    .unit(panel.unit)
    .thresholds({ build: () => panel.thresholds })
    .noValue(panel.noValue ?? 'No data');
  if (panel.links !== undefined && panel.links.length > 0)
    builder.dataLinks(panel.links.map((link) => ({ build: () => link })));
  if (panel.decimals !== undefined) builder.decimals(panel.decimals);
  if (panel.min !== undefined) builder.min(panel.min);
  if (panel.max !== undefined) builder.max(panel.max);
  return builder;
}

/** A built panel with the room that it wants; `rows` gives it its place. */
export function sized(panel: Panel, basics: PanelBasics, width: number, height: number): Panel {
  return {
    ...panel,
    gridPos: { x: 0, y: 0, w: basics.width ?? width, h: basics.height ?? height },
  };
}
