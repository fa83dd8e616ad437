import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import { panelScope, type QueryScope } from '../../../query/query-scope.ts';

/** How business panels ask: lines over time, and numbers about the whole range of the dashboard. */
export interface BusinessScopes {
  readonly now: QueryScope;
  /** For `increase` of instant queries. */
  readonly range: QueryScope;
}

export function businessScopes({ histograms }: Pick<ResolvedSpec, 'histograms'>): BusinessScopes {
  const now = panelScope(histograms);
  return { now, range: { ...now, window: '$__range' } };
}
