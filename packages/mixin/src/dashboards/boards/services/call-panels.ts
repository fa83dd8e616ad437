import { callErrorRatio, callRate } from '../../../queries/http-client-queries.ts';
import type { QueryScope } from '../../../query/query-scope.ts';
import { serviceThresholds } from '../../../thresholds/service-thresholds.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';

export const calls = (scope: QueryScope) =>
  timeSeries({
    title: 'Calls to other servers',
    description: {
      shows: 'HTTP calls a second that each service makes, by the address that it calls.',
      matters: 'It is the map of who needs whom, as it really is.',
      act: 'A line that multiplies is a retry loop or a page that asks for each row: look at the caller.',
    },
    unit: unit.requestsPerSecond,
    thresholds: neutral,
    queries: [query(callRate(scope, ['job', 'server_address']), '{{job}} to {{server_address}}')],
  });

export const failedCalls = (scope: QueryScope) =>
  timeSeries({
    title: 'Failed calls to other servers',
    description: {
      shows:
        'Share of calls without an answer, or with an answer of 4xx or 5xx, by caller and address.',
      matters:
        'Where a call fails while its server says that all is well, the way between them is broken.',
      act: 'Compare with the failures of the called service; check DNS, certificates and timeouts.',
    },
    unit: unit.ratio,
    thresholds: badAbove(serviceThresholds.errorRatio),
    queries: [
      query(callErrorRatio(scope, ['job', 'server_address']), '{{job}} to {{server_address}}'),
    ],
  });
