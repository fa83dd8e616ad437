import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import { latency, requestCount } from '../../../queries/http-queries.ts';
import { apiUses } from '../../../queries/subscription-queries.ts';
import type { QueryScope } from '../../../query/query-scope.ts';
import { serviceThresholds } from '../../../thresholds/service-thresholds.ts';
import { barGauge } from '../../panels/bar-gauge.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { pieChart } from '../../panels/pie-chart.ts';
import { ENDPOINT, LEGEND, toRoute } from './endpoint.ts';

export const busiest = (whole: QueryScope) =>
  barGauge({
    title: 'Top endpoints',
    description: {
      shows: 'The ten endpoints with most requests in the time range.',
      matters: 'A tenth off the busiest endpoint helps more users than a half off a rare one.',
      act: 'Make these fast first; ask who calls one that should not be here.',
    },
    unit: unit.count,
    thresholds: neutral,
    queries: [query(`topk(10, ${requestCount(whole, ENDPOINT)})`, LEGEND, { instant: true })],
    links: toRoute(),
  });

export const slowest = (whole: QueryScope) =>
  barGauge({
    title: 'Slowest endpoints',
    description: {
      shows: 'The ten endpoints with the highest 95th percentile in the time range.',
      matters: 'Slow endpoints hold connections and memory, and slow down their neighbours.',
      act: 'Click one, and see by its traces where the time goes.',
    },
    unit: unit.seconds,
    thresholds: badAbove(serviceThresholds.latencyP99),
    queries: [query(`topk(10, ${latency(0.95, whole, ENDPOINT)} > 0)`, LEGEND, { instant: true })],
    links: toRoute(),
  });

export const statusShares = (whole: QueryScope) =>
  pieChart({
    title: 'Status codes',
    description: {
      shows: 'Requests in the time range, by status code.',
      matters: 'It is the shortest answer to how well clients and servers understand each other.',
      act: 'Ask for the reason of every code that you did not expect; API performance has the endpoint.',
    },
    unit: unit.count,
    thresholds: neutral,
    queries: [
      query(requestCount(whole, ['http_response_status_code']), '{{http_response_status_code}}', {
        instant: true,
      }),
    ],
  });

export function popularity(spec: ResolvedSpec, whole: QueryScope) {
  const uses = apiUses(spec, whole, { by: ['operation', 'outcome'] });
  return uses === undefined
    ? undefined
    : barGauge({
        title: 'API popularity',
        description: {
          shows:
            'Calls of the public API in the time range, by operation and outcome, the 15 most frequent.',
          matters:
            'It shows which parts of the API customers build upon, whatever its routes are called.',
          act: 'Before changing one near the top, tell those who use it.',
        },
        unit: unit.count,
        thresholds: neutral,
        queries: [query(`topk(15, ${uses})`, '{{operation}} {{outcome}}', { instant: true })],
        width: 24,
      });
}
