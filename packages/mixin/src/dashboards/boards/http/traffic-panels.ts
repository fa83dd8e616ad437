import { activeRequests, requestRate, requestsByStatus } from '../../../queries/http-queries.ts';
import type { QueryScope } from '../../../query/query-scope.ts';
import { dataLink, seriesLabel } from '../../frame/links.ts';
import { query } from '../../panels/panel-query.ts';
import { neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { uids } from '../../uids.ts';

export const statusCodes = (route: QueryScope) =>
  timeSeries({
    title: 'Requests by status code',
    description: {
      shows: 'Requests a second of the chosen routes, by status code.',
      matters:
        'The code says who has to act: 4xx the client, 5xx us, 503 whoever is in front of us.',
      act: 'Follow the code that grew to the tenant who gets it, then to a trace.',
    },
    unit: unit.requestsPerSecond,
    thresholds: neutral,
    queries: [query(requestsByStatus(route), '{{http_response_status_code}}')],
  });

export const byMethod = (route: QueryScope) =>
  timeSeries({
    title: 'Requests by method',
    description: {
      shows: 'Requests a second of the chosen routes, by HTTP method.',
      matters: 'Writes cost more than reads, and what writes twice may charge twice.',
      act: 'A jump of POST or PUT alone is often a client that retries: look for its 5xx and timeouts.',
    },
    unit: unit.requestsPerSecond,
    thresholds: neutral,
    queries: [query(requestRate(route, ['http_request_method']), '{{http_request_method}}')],
  });

export const byInstance = (route: QueryScope) =>
  timeSeries({
    title: 'Requests by instance',
    description: {
      shows: 'Requests a second of the chosen routes, by instance.',
      matters: 'Instances should share the load evenly; one that gets nothing is not reached.',
      act: 'For one without requests, ask the load balancer for its health; restart it if it is stuck.',
    },
    unit: unit.requestsPerSecond,
    thresholds: neutral,
    queries: [query(requestRate(route, ['instance']), '{{instance}}')],
  });

export const byTenant = (route: QueryScope) =>
  timeSeries({
    title: 'Requests by tenant',
    description: {
      shows: 'Requests a second of the chosen routes, by tenant, the ten busiest at each moment.',
      matters: 'One tenant that grows alone can take the room of all the others.',
      act: 'Click the line for all that is known of that tenant, then agree on a limit with them.',
    },
    unit: unit.requestsPerSecond,
    thresholds: neutral,
    queries: [query(`topk(10, ${requestRate(route, ['tenant_id'])})`, '{{tenant_id}}')],
    links: [dataLink('This tenant', uids.tenant, { set: { tenant: seriesLabel('tenant_id') } })],
  });

export const inProgress = (scope: QueryScope) =>
  timeSeries({
    title: 'Requests in progress by instance',
    description: {
      shows:
        'Requests accepted and not yet answered, by instance, of all routes: the route is not known before the answer.',
      matters: 'A number that only grows means that answers wait for something that does not come.',
      act: 'See what they wait for: the database pool first, then the calls in the row below.',
    },
    unit: unit.count,
    thresholds: neutral,
    queries: [query(activeRequests(scope, ['instance']), '{{instance}}')],
  });
