import { serverSpanTime } from '../../queries/span-queries.ts';
import type { QueryScope } from '../../query/query-scope.ts';
import { serviceThresholds } from '../../thresholds/service-thresholds.ts';
import { query } from '../panels/panel-query.ts';
import { badAbove } from '../panels/panel-thresholds.ts';
import { unit } from '../panels/panel-units.ts';
import { timeSeries } from '../panels/time-series.ts';

/** `matchers` choose among span names, as `GET /products/:id`. */
export const traces = (scope: QueryScope, matchers: readonly string[] = []) =>
  timeSeries({
    title: 'Requests as traces',
    description: {
      shows:
        '95th percentile of server spans by name, of all tenants; every dot is one recorded trace.',
      matters: 'A percentile says that something is slow; one trace says what.',
      act: 'Click a dot high above the line, and read which part of that request took its time.',
    },
    unit: unit.seconds,
    thresholds: badAbove(serviceThresholds.latencyP99),
    queries: [
      query(`topk(15, ${serverSpanTime(0.95, scope, matchers)})`, '{{span_name}}', {
        exemplars: true,
      }),
    ],
    width: 24,
  });
