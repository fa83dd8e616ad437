import {
  type Dataquery,
  DataqueryBuilder,
  PromQueryFormat,
  QueryEditorMode,
} from '@grafana/grafana-foundation-sdk/prometheus';
import { DATASOURCE } from '../frame/datasource.ts';

/** One query of a panel: PromQL from `src/queries`, and the name that its series get. */
export interface PanelQuery {
  readonly expr: string;
  /** Grafana's legend format, `{{http_route}}`; empty: the labels. */
  readonly legend: string;
  /** Ask for now only: for numbers about the whole time range (`$__range`) and for tables. */
  readonly instant?: boolean;
  /** Show dots that lead to traces; only series of the Collector's `span_metrics` have them. */
  readonly exemplars?: boolean;
}

export type QueryOptions = Pick<PanelQuery, 'instant' | 'exemplars'>;

/** @example query(requestRate(scope, ['job']), '{{job}}') */
export function query(expr: string, legend: string, options: QueryOptions = {}): PanelQuery {
  return { expr, legend, ...options };
}

/** `A`, `B`, ... in the order of the panel. */
export const refId = (index: number): string => String.fromCharCode(65 + index);

/** What Grafana asks Prometheus. */
export function targetOf(
  { expr, legend, instant = false, exemplars = false }: PanelQuery,
  index: number,
  format: PromQueryFormat = PromQueryFormat.TimeSeries,
): { build: () => Dataquery } {
  const builder = new DataqueryBuilder()
    .datasource(DATASOURCE)
    .editorMode(QueryEditorMode.Code)
    .expr(expr)
    .legendFormat(legend)
    .format(format)
    .exemplar(exemplars)
    .refId(refId(index));
  return instant ? builder.instant() : builder.range();
}
