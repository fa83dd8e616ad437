import { TableCellDisplayMode } from '@grafana/grafana-foundation-sdk/common';
import type {
  DashboardLink,
  DynamicConfigValue,
  Panel,
  ThresholdsConfig,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/table';
import { type PanelBasics, sized, withBasics } from './panel.ts';
import { query, refId, targetOf } from './panel-query.ts';
import { isNeutral, neutral } from './panel-thresholds.ts';
import { type PanelUnit, unit } from './panel-units.ts';

/** A label that tells the rows of a table apart. */
export interface TableRowLabel {
  readonly label: string;
  readonly name: string;
  /** Where a click on the cell leads; `cellValue` is what stands in it. */
  readonly links?: readonly DashboardLink[];
}

export interface TableColumn {
  readonly name: string;
  /** An instant query whose series have exactly the row labels. */
  readonly expr: string;
  readonly unit: PanelUnit;
  readonly thresholds: ThresholdsConfig;
}

export interface TablePanel extends PanelBasics {
  readonly rows: readonly [TableRowLabel, ...TableRowLabel[]];
  readonly columns: readonly [TableColumn, ...TableColumn[]];
  /** Name of the column by which rows are sorted, greatest first. Default: the first. */
  readonly sortBy?: string;
}

/** A row for each combination of labels, a column for each query, as they stand now. */
export function table(panel: TablePanel): Panel {
  const { rows, columns } = panel;
  const builder = withBasics(new PanelBuilder(), panel)
    .unit(unit.count)
    .thresholds({ build: () => neutral })
    .filterable(true)
    .sortBy([{ build: () => ({ displayName: panel.sortBy ?? columns[0].name, desc: true }) }])
    .targets(
      columns.map(({ expr }, i) =>
        targetOf(query(expr, '', { instant: true }), i, PromQueryFormat.Table),
      ),
    )
    .transformations([
      { id: 'merge', options: {} },
      { id: 'organize', options: organize(panel) },
    ]);
  for (const { name, links } of rows)
    if (links !== undefined) builder.overrideByName(name, [{ id: 'links', value: [...links] }]);
  for (const column of columns) builder.overrideByName(column.name, columnProperties(column));
  return sized(builder.build(), panel, 24, 9);
}

function organize({ rows, columns }: TablePanel) {
  const fields = [
    ...rows.map(({ label, name }) => [label, name] as const),
    ...columns.map(({ name }, i) => [valueField(columns, i), name] as const),
  ];
  return {
    excludeByName: { Time: true },
    indexByName: Object.fromEntries(fields.map(([field], i) => [field, i])),
    renameByName: Object.fromEntries(fields),
  };
}

/** Grafana numbers the value fields only where there are several queries. */
const valueField = (columns: readonly TableColumn[], index: number): string =>
  columns.length === 1 ? 'Value' : `Value #${refId(index)}`;

function columnProperties({ unit: shown, thresholds }: TableColumn): DynamicConfigValue[] {
  return [
    { id: 'unit', value: shown },
    { id: 'thresholds', value: thresholds },
    ...(isNeutral(thresholds)
      ? []
      : [{ id: 'custom.cellOptions', value: { type: TableCellDisplayMode.ColorText } }]),
  ];
}
