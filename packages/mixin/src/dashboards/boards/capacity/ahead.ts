import type { QueryScope } from '../../../query/query-scope.ts';

export const DAY = '86400';
export const WEEK = '7 * 86400';

/** Through so much of the past a line is drawn. */
export const ofHours = (scope: QueryScope): QueryScope => ({ ...scope, window: '6h' });
export const FORECAST =
  'Now, and in a day and in a week when all goes on as in the last 6 hours. A line is no prophet: a morning looks like growth.';
