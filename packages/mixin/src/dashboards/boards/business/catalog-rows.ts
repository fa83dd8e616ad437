import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { metricOf } from '../../../metrics/metric.ts';
import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import { panelScope } from '../../../query/query-scope.ts';
import { type Row, row } from '../../frame/layout.ts';
import { catalogPanel } from './catalog-panel.ts';

/** Panels for what the catalogs declare and nothing in `shown` asks for, a row for each catalog. */
export function catalogRows(spec: ResolvedSpec, shown: readonly unknown[]): Row[] {
  const text = JSON.stringify(shown);
  const scope = panelScope(spec.histograms);
  return spec.catalogs.map(({ scope: catalog, instruments }) =>
    row(
      `More from your catalog: ${catalog}`,
      instruments
        .filter((instrument) => !asks(text, metricOf(instrument).name))
        .map((instrument) => catalogPanel(instrument, scope)),
    ),
  );
}

/** Whether a query names the metric, and not one whose name only begins with it. */
const asks = (text: string, metric: string): boolean =>
  new RegExp(`\\b${metric}(_bucket|_count|_sum)?\\b`).test(text);

/** What a dashboard asks, without the queries of its variables. */
export const questionsOf = ({ panels }: Dashboard): unknown => panels;
