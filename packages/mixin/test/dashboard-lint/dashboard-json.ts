import type * as bargauge from '@grafana/grafana-foundation-sdk/bargauge';
import type * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import type * as heatmap from '@grafana/grafana-foundation-sdk/heatmap';
import type * as piechart from '@grafana/grafana-foundation-sdk/piechart';
import type * as prometheus from '@grafana/grafana-foundation-sdk/prometheus';
import type * as stat from '@grafana/grafana-foundation-sdk/stat';
import type * as table from '@grafana/grafana-foundation-sdk/table';
import type * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';

type IsAny<T> = 0 extends 1 & T ? true : false;
type IsFunction<T> =
  IsAny<T> extends true ? false : T extends (...args: never[]) => unknown ? true : false;

/** What a value of the Foundation SDK is as JSON: enums are their values, methods are gone. */
export type Json<T> =
  IsAny<T> extends true
    ? T
    : T extends string
      ? `${T}`
      : T extends number
        ? `${T}` extends `${infer N extends number}`
          ? N
          : never
        : T extends boolean | null | undefined
          ? T
          : T extends readonly (infer Item)[]
            ? Json<Item>[]
            : { [K in keyof T as IsFunction<T[K]> extends true ? never : K]: Json<T[K]> };

type Defaults = Omit<Json<dashboard.FieldConfig>, 'custom'>;

/** The SDK leaves `options`, `custom` and `targets` open; the plugin that `type` names says what they are. */
interface PanelOf<Type extends string, Options, Custom>
  extends Omit<Json<dashboard.Panel>, 'type' | 'options' | 'fieldConfig' | 'targets'> {
  type: Type;
  options: Json<Options>;
  fieldConfig: {
    defaults: Defaults & { custom?: Json<Custom> };
    overrides: Json<dashboard.FieldConfigSource['overrides']>;
  };
  targets: Json<prometheus.Dataquery>[];
}

export type PanelJson =
  | PanelOf<'timeseries', timeseries.Options, timeseries.FieldConfig>
  | PanelOf<'stat', stat.Options, never>
  | PanelOf<'table', table.Options, table.FieldConfig>
  | PanelOf<'heatmap', heatmap.Options, heatmap.FieldConfig>
  | PanelOf<'bargauge', bargauge.Options, never>
  | PanelOf<'piechart', piechart.Options, piechart.FieldConfig>;

export interface RowJson extends Omit<Json<dashboard.RowPanel>, 'panels'> {
  panels: PanelJson[];
}

/** A dashboard as it stands in its file, with everything that this project uses typed by the SDK. */
export interface DashboardJson extends Omit<Json<dashboard.Dashboard>, 'panels'> {
  panels: (PanelJson | RowJson)[];
}

/** The panels that ask something, those of collapsed rows too. */
export const panelsOf = ({ panels }: DashboardJson): readonly PanelJson[] =>
  panels.flatMap((panel) => (panel.type === 'row' ? panel.panels : [panel]));
