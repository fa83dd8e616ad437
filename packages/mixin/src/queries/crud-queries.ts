import { prisma } from '../metrics/sdk-metrics.ts';
import { orZero } from '../query/or-zero.ts';
import { rate, sumBy } from '../query/promql.ts';
import type { QueryScope } from '../query/query-scope.ts';
import { prismaRate } from './prisma-queries.ts';

/** Which actions of Prisma Client create, read, update and delete; raw SQL may do any of it. */
const actions = {
  create: 'create.*',
  read: 'find.*|count|aggregate|groupBy',
  update: 'update.*|upsert.*',
  delete: 'delete.*',
  'raw SQL': '(query|execute)Raw.*',
} as const;

export type Crud = keyof typeof actions;
export const cruds = Object.keys(actions) as readonly Crud[];

/** Operations of Prisma Client a second of one kind; zero, not nothing, where there are only others. */
export const crudRate = (kind: Crud, scope: QueryScope): string =>
  orZero(
    sumBy([], rate(prisma.operationDuration, scope, [`prisma_action=~"${actions[kind]}"`])),
    prismaRate(scope, []),
  );
