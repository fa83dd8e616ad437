import {
  clientErrorRatio,
  errorRatio,
  latency,
  meanLatency,
  requestRate,
} from '../../../queries/http-queries.ts';
import type { QueryScope } from '../../../query/query-scope.ts';
import { serviceThresholds } from '../../../thresholds/service-thresholds.ts';
import { cellValue, dataLink } from '../../frame/links.ts';
import { badAbove, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { table } from '../../panels/table.ts';
import { uids } from '../../uids.ts';
import { ENDPOINT } from './endpoint.ts';

export const endpoints = (scope: QueryScope) =>
  table({
    title: 'All endpoints',
    description: {
      shows:
        'A row for each service, method and route: requests a second, shares of 4xx and 5xx, and how long answers took.',
      matters: 'Users judge the whole product by its slowest and least reliable endpoint.',
      act: 'Sort by 5xx, then by p99, and click the route at the top.',
    },
    rows: [
      {
        label: 'http_route',
        name: 'Route',
        links: [dataLink('HTTP detail of this route', uids.http, { set: { route: cellValue } })],
      },
      { label: 'http_request_method', name: 'Method' },
      { label: 'service_name', name: 'Service' },
    ],
    columns: [
      {
        name: 'Requests/s',
        expr: requestRate(scope, ENDPOINT),
        unit: unit.requestsPerSecond,
        thresholds: neutral,
      },
      {
        name: '4xx',
        expr: clientErrorRatio(scope, ENDPOINT),
        unit: unit.ratio,
        thresholds: neutral,
      },
      {
        name: '5xx',
        expr: errorRatio(scope, ENDPOINT),
        unit: unit.ratio,
        thresholds: badAbove(serviceThresholds.errorRatio),
      },
      { name: 'Mean', expr: meanLatency(scope, ENDPOINT), unit: unit.seconds, thresholds: neutral },
      ...[0.5, 0.9, 0.95].map((q) => ({
        name: `p${q * 100}`,
        expr: latency(q, scope, ENDPOINT),
        unit: unit.seconds,
        thresholds: neutral,
      })),
      {
        name: 'p99',
        expr: latency(0.99, scope, ENDPOINT),
        unit: unit.seconds,
        thresholds: badAbove(serviceThresholds.latencyP99),
      },
    ],
    height: 11,
  });
