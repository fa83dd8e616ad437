import { callErrorRatio, callLatency, callRate } from '../../../queries/http-client-queries.ts';
import type { QueryScope } from '../../../query/query-scope.ts';
import { serviceThresholds } from '../../../thresholds/service-thresholds.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';

export const calls = (scope: QueryScope) =>
  timeSeries({
    title: 'Calls by server',
    description: {
      shows: 'Calls a second that the chosen jobs make to other servers, by address.',
      matters: 'We are only as available as what we call in order to answer.',
      act: 'An unexpected address deserves a question; a fall to zero, a look at the row of failures.',
    },
    unit: unit.requestsPerSecond,
    thresholds: neutral,
    queries: [query(callRate(scope, ['server_address']), '{{server_address}}')],
    width: 8,
  });

export const failedCalls = (scope: QueryScope) =>
  timeSeries({
    title: 'Failed calls by server',
    description: {
      shows: 'Share of calls without an answer, or with an answer of 4xx or 5xx, by address.',
      matters: 'A server that fails us makes us fail our users, unless we have a way round it.',
      act: 'Look at the status page of that server, then switch the feature that needs it off.',
    },
    unit: unit.ratio,
    thresholds: badAbove(serviceThresholds.errorRatio),
    queries: [query(callErrorRatio(scope, ['server_address']), '{{server_address}}')],
    width: 8,
  });

export const slowCalls = (scope: QueryScope) =>
  timeSeries({
    title: 'Time of calls by server',
    description: {
      shows: '95th percentile of the time that other servers took to answer us, by address.',
      matters:
        'Their time is part of ours: a request can not be faster than the calls that it waits for.',
      act: 'Compare with the time of our routes; set a timeout below what our users accept.',
    },
    unit: unit.seconds,
    thresholds: badAbove(serviceThresholds.latencyP99),
    queries: [query(callLatency(0.95, scope, ['server_address']), '{{server_address}}')],
    width: 8,
  });
