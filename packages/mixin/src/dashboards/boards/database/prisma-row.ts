import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import { crudRate, cruds } from '../../../queries/crud-queries.ts';
import {
  MODEL_AND_ACTION,
  prismaBusy,
  prismaErrorRate,
  prismaLatency,
  prismaMeanLatency,
  prismaRate,
  prismaSlow,
} from '../../../queries/prisma-queries.ts';
import { orOneZero, orZero } from '../../../query/or-zero.ts';
import { panelScope } from '../../../query/query-scope.ts';
import { databaseThresholds } from '../../../thresholds/database-thresholds.ts';
import { type Row, row } from '../../frame/layout.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { table } from '../../panels/table.ts';
import { timeSeries } from '../../panels/time-series.ts';

const MODEL = ['prisma_model'];

/** The same by the words of the application: models and actions. */
export function prismaRow({ histograms }: ResolvedSpec): Row {
  const scope = panelScope(histograms);
  const legend = '{{prisma_model}}';
  return row('Prisma', [
    timeSeries({
      title: 'Operations by model',
      description: {
        shows: 'Operations of Prisma Client a second, by model. Raw SQL has no model.',
        matters: 'Says in the words of the application where the load of the database comes from.',
        act: 'A model that grows alone: look for a loop that should be one findMany with `in`.',
      },
      unit: unit.operationsPerSecond,
      thresholds: neutral,
      stack: true,
      queries: [query(prismaRate(scope, MODEL), legend)],
    }),
    timeSeries({
      title: 'Create, read, update, delete',
      description: {
        shows: 'Operations a second by what they do to the data; raw SQL may do any of it.',
        matters:
          'A shop mostly reads. Writes that grow without orders are a job gone wild or an attack.',
        act: 'Find the model in Operations by model, and the tenant in Operations of Prisma by tenant.',
      },
      unit: unit.operationsPerSecond,
      thresholds: neutral,
      stack: true,
      queries: cruds.map((kind) => query(crudRate(kind, scope), kind)),
    }),
    timeSeries({
      title: 'Time by model',
      description: {
        shows:
          'Seconds within which 95 % of operations ended, by model, with all their statements.',
        matters: 'Tells which part of the application waits for data.',
        act: 'Look at includes and at missing indexes of that model; see the table for the action.',
      },
      unit: unit.seconds,
      thresholds: badAbove(databaseThresholds.operationP99),
      queries: [query(prismaLatency(0.95, scope, MODEL), legend)],
    }),
    timeSeries({
      title: 'Operations of Prisma by tenant',
      description: {
        shows: 'Operations of Prisma Client a second, by tenant.',
        matters: 'Shows who makes the load when the database is busy.',
        act: 'Open the tenant and look at its routes; agree on a limit when it is one customer.',
      },
      unit: unit.operationsPerSecond,
      thresholds: neutral,
      stack: true,
      queries: [query(prismaRate(scope, ['tenant_id']), '{{tenant_id}}')],
    }),
    timeSeries({
      title: 'Slow operations by model',
      description: {
        shows:
          'Operations a second that took longer than `BELLWETHER_SLOW_QUERY` of their service (500 ms unless set), by model and action.',
        matters:
          'With all their statements: an include over a long list is slow, though each statement is not.',
        act: 'Ask for less: select, take, or a query of its own for the list.',
      },
      unit: unit.operationsPerSecond,
      thresholds: neutral,
      queries: [
        query(
          orOneZero(prismaSlow(scope), prismaRate(scope, [])),
          '{{prisma_model}} {{prisma_action}}',
        ),
      ],
    }),
    timeSeries({
      title: 'Failed operations by model',
      description: {
        shows:
          'Operations a second that threw, by model: broken constraints, conflicts, lost connections.',
        matters:
          'Each is a sale, a login or a job that did not happen, unless somebody tries again.',
        act: 'Look for the code in the logs: P2002 is a duplicate, P2034 a conflict to try again, P2024 an empty pool.',
      },
      unit: unit.operationsPerSecond,
      thresholds: neutral,
      queries: [query(orZero(prismaErrorRate(scope, MODEL), prismaRate(scope, MODEL)), legend)],
    }),
    table({
      title: 'Costliest operations',
      description: {
        shows:
          'For each model and action at the moment: seconds a second that go into it, how often, and how long on average and at p95.',
        matters:
          'The first line is where a faster query helps most, even when it is not the slowest.',
        act: 'Take the first line: fewer columns, an index, a cache, or asking less often.',
      },
      width: 12,
      height: 8,
      rows: [
        { label: 'prisma_model', name: 'Model' },
        { label: 'prisma_action', name: 'Action' },
      ],
      columns: [
        { name: 'Time spent', expr: prismaBusy(scope), unit: unit.ratio, thresholds: neutral },
        {
          name: 'Operations',
          expr: prismaRate(scope),
          unit: unit.operationsPerSecond,
          thresholds: neutral,
        },
        { name: 'Mean', expr: prismaMeanLatency(scope), unit: unit.seconds, thresholds: neutral },
        {
          name: 'p95',
          expr: prismaLatency(0.95, scope, MODEL_AND_ACTION),
          unit: unit.seconds,
          thresholds: badAbove(databaseThresholds.operationP99),
        },
      ],
    }),
  ]);
}
