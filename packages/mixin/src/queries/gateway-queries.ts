import { catalogMetric } from '../metrics/catalog-metric.ts';
import type { ResolvedSpec } from '../monitoring-spec.ts';
import { orZero, share } from '../query/or-zero.ts';
import { quantile } from '../query/promql.ts';
import type { QueryScope } from '../query/query-scope.ts';
import { type Counted, counted } from './business-queries.ts';

// About instruments of the preset `gateway`; undefined where no catalog has them.

type Catalogs = Pick<ResolvedSpec, 'catalogs'>;
type By = readonly string[];

const UPSTREAM = 'gateway.upstream.duration';

/** Requests that were passed on. By `upstream` or `outcome` if asked. */
export const passedOn = (
  spec: Catalogs,
  scope: QueryScope,
  how: Counted = {},
): string | undefined => counted(spec, UPSTREAM, scope, { of: 'rate', ...how });

/** Share of the requests passed on that were not answered, or with 5xx, 0 to 1. */
export function upstreamFailures(
  spec: Catalogs,
  scope: QueryScope,
  by: By = [],
): string | undefined {
  const failed = passedOn(spec, scope, { by, matchers: ['outcome!="answered"'] });
  const all = passedOn(spec, scope, { by });
  return failed && all && share(failed, all);
}

/** Seconds within which the share `q` of the requests passed on was answered. */
export function upstreamTime(
  q: number,
  spec: Catalogs,
  scope: QueryScope,
  by: By = [],
): string | undefined {
  const metric = catalogMetric(spec, UPSTREAM);
  return metric && quantile(q, metric, scope, { by });
}

/** Requests that were refused because their sender sent too many. */
export const limited = (spec: Catalogs, scope: QueryScope, how: Counted = {}): string | undefined =>
  counted(spec, 'gateway.requests.limited', scope, how);

/** Share of the requests that were refused so, 0 to 1, of those and the ones passed on. */
export function limitedShare(spec: Catalogs, scope: QueryScope, by: By = []): string | undefined {
  const refused = limited(spec, scope, { by, of: 'rate' });
  const passed = passedOn(spec, scope, { by });
  return refused && passed && share(refused, `(${orZero(refused, passed)} + ${passed})`);
}
