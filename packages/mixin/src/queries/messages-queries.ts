import { catalogMetric } from '../metrics/catalog-metric.ts';
import type { ResolvedSpec } from '../monitoring-spec.ts';
import { share } from '../query/or-zero.ts';
import { select, sumBy } from '../query/promql.ts';
import type { QueryScope } from '../query/query-scope.ts';
import { type Counted, counted } from './business-queries.ts';

// About instruments of the preset `messaging`; undefined where no catalog has them.

type Catalogs = Pick<ResolvedSpec, 'catalogs'>;
type By = readonly string[];

/** Sockets that are open now, all replicas together. */
export function socketsOpen(spec: Catalogs, scope: QueryScope, by: By = []): string | undefined {
  const metric = catalogMetric(spec, 'messaging.sockets.open');
  return metric && sumBy(by, select(metric, scope));
}

/** Sockets that were opened. */
export const socketsOpened = (
  spec: Catalogs,
  scope: QueryScope,
  how: Counted = {},
): string | undefined => counted(spec, 'messaging.sockets.opened', scope, how);

/** Messages. By `direction` or `outcome` if asked. */
export const messages = (
  spec: Catalogs,
  scope: QueryScope,
  how: Counted = {},
): string | undefined => counted(spec, 'messaging.messages', scope, how);

/** Messages that could not be delivered, in the whole window. */
export const messagesFailed = (
  spec: Catalogs,
  scope: QueryScope,
  by: By = [],
): string | undefined => messages(spec, scope, { by, matchers: ['outcome="failed"'] });

/** Their share, 0 to 1. */
export function messagesFailedShare(
  spec: Catalogs,
  scope: QueryScope,
  by: By = [],
): string | undefined {
  const failed = messagesFailed(spec, scope, by);
  const all = messages(spec, scope, { by });
  return failed && all && share(failed, all);
}
