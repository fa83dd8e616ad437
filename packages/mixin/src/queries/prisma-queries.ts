import { prisma } from '../metrics/sdk-metrics.ts';
import { rateOfSum } from '../query/aggregation.ts';
import { mean, quantile, rate, sumBy } from '../query/promql.ts';
import type { QueryScope } from '../query/query-scope.ts';

type By = readonly string[];

/** What Prisma counts by, beside the tenant. */
export const MODEL_AND_ACTION = ['prisma_model', 'prisma_action'] as const;

/** Operations of Prisma Client a second. By model and action, or by tenant. */
export const prismaRate = (scope: QueryScope, by: By = MODEL_AND_ACTION): string =>
  sumBy(by, rate(prisma.operationDuration, scope));

/** Operations a second that threw. */
export const prismaErrorRate = (scope: QueryScope, by: By = MODEL_AND_ACTION): string =>
  sumBy(by, rate(prisma.operationDuration, scope, ['error_type!=""']));

/** Operations a second that took longer than `BELLWETHER_SLOW_QUERY` of the service says. */
export const prismaSlow = (scope: QueryScope, by: By = MODEL_AND_ACTION): string =>
  sumBy(by, rate(prisma.slowOperations, scope));

/** Seconds below which the share `q` of operations was done, all their statements together. */
export const prismaLatency = (q: number, scope: QueryScope, by: By = MODEL_AND_ACTION): string =>
  quantile(q, prisma.operationDuration, scope, { by });

/** Seconds of an operation on average. */
export const prismaMeanLatency = (scope: QueryScope, by: By = MODEL_AND_ACTION): string =>
  mean(prisma.operationDuration, scope, { by });

/** Seconds a second that go into operations: where a faster query helps most. */
export const prismaBusy = (scope: QueryScope, by: By = MODEL_AND_ACTION): string =>
  sumBy(by, rateOfSum(prisma.operationDuration, scope));
