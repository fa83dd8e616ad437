import type { HistogramFlavour, QueryScope } from '../query/query-scope.ts';
import type { Question } from './question.ts';

/**
 * Environment and service are placeholders that the server fills. A tenant is never one: a proxy adds it to every selector of
 * what is asked for a tenant.
 */
export const adminScope = (
  { ask = 'range' }: Pick<Question, 'ask'>,
  histograms: HistogramFlavour,
): QueryScope => ({
  service: 'deployment_environment_name=~"$environment",service_name=~"$service"',
  target: '',
  tenant: '',
  window: ask === 'instant' ? '$range' : '$window',
  histograms,
});

/** The same for HTTP requests of servers, which have a route besides. */
export const ofRoute = (scope: QueryScope): QueryScope => ({
  ...scope,
  service: `${scope.service},http_route=~"$route"`,
});

/** For series that carry the labels of a service and are selected by text. */
export const serviceMatchers = (scope: QueryScope): readonly string[] => [scope.service];
