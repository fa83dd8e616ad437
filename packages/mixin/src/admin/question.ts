import type { ResolvedSpec } from '../monitoring-spec.ts';
import type { QueryScope } from '../query/query-scope.ts';
import type { AdminPanelKind } from './admin-catalog.ts';

/** Whose numbers: everybody's, or those of one tenant, where each selector gets `tenant_id` by the proxy. */
export type Whom = 'all' | 'tenant';

/** A question of the admin page and how its answer is drawn. Its PromQL comes from `src/queries` only. */
export interface Question {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** As `AdminQuery.unit`. */
  readonly unit: string;
  readonly kind: AdminPanelKind;
  /** Default `range`; with `instant`, the window of the scope is the whole time range. */
  readonly ask?: 'range' | 'instant';
  /** Default both. `all` is for super admins only. */
  readonly whom?: readonly Whom[];
  readonly levels?: { readonly warning?: number; readonly critical?: number };
  /** Which side of the levels is bad. Default `above`. */
  readonly bad?: 'above' | 'below';
  readonly legend?: string;
  readonly size?: 'small' | 'wide';
  readonly group?: string;
  readonly graph?: 'line' | 'area' | 'stacked';
  /** Undefined where the spec has nothing that it could be about. */
  readonly promql: (scope: QueryScope, whom: Whom, spec: ResolvedSpec) => string | undefined;
}

/** For super admins only: about what has no tenant. */
export const everybody = ['all'] as const satisfies readonly Whom[];
