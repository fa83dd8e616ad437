import { optional, upTo } from '../attributes/kinds.ts';
import { counter, histogram } from '../catalog/definition.ts';

const operation = { 'prisma.model': optional(upTo(200)), 'prisma.action': upTo(50) };

/** What semantic conventions do not have: operations by the words of the application, not of the database. */
export const prismaConventions = {
  operationDuration: histogram('prisma.client.operation.duration', {
    unit: 's',
    description: 'Duration of Prisma Client operations.',
    boundaries: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10],
    attributes: { ...operation, 'error.type': optional(upTo(100)) },
  }),
  slowOperations: counter('prisma.client.operation.slow', {
    unit: '{operation}',
    description:
      'Prisma Client operations that took longer than BELLWETHER_SLOW_QUERY, with all their statements.',
    attributes: operation,
  }),
} as const;
