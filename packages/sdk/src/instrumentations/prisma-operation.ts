// Hot: `record` runs for every operation of Prisma. Bench: bench/request
import type { BoundHistogram } from '@bellwether/meters';
import { isSlow } from './db-slow.ts';
import { prismaMeters } from './prisma-meters.ts';
import type { SpanOptions } from './prisma-tracing-helper.ts';

/** Series of operations that went well. Models and actions are those of the application's schema, so there are few. */
const durations = new Map<string | undefined, Map<string, BoundHistogram>>();

/** Records into `prisma.client.operation.duration` of the tenant in progress, and counts it where it was slow. */
export function recordPrismaOperation(
  seconds: number,
  { attributes }: SpanOptions,
  errorType: string | undefined,
): void {
  const model = typeof attributes?.model === 'string' ? attributes.model : undefined;
  const action = String(attributes?.method);
  if (isSlow(seconds)) {
    prismaMeters.slowOperations.add(1, { 'prisma.model': model, 'prisma.action': action });
  }
  if (errorType !== undefined) {
    prismaMeters.operationDuration.record(seconds, {
      'prisma.model': model,
      'prisma.action': action,
      'error.type': errorType,
    });
    return;
  }
  let ofModel = durations.get(model);
  if (ofModel === undefined) {
    ofModel = new Map();
    durations.set(model, ofModel);
  }
  let duration = ofModel.get(action);
  if (duration === undefined) {
    duration = prismaMeters.operationDuration.bind({
      'prisma.model': model,
      'prisma.action': action,
    });
    ofModel.set(action, duration);
  }
  duration.record(seconds);
}
