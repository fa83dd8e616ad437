import { context } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';

/**
 * Runs `work` without tracing: what looks every second whether there is anything to do, whose spans would drown those of requests,
 * and calls whose address is a secret. Await inside: a lazy promise, such as a query of Prisma, starts where it is awaited.
 */
export function withoutSpans<T>(work: () => Promise<T>): Promise<T> {
  return context.with(suppressTracing(context.active()), work);
}
