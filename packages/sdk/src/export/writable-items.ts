import type { ISerializer } from '@opentelemetry/otlp-transformer';
import type { ResourceMetrics } from '@opentelemetry/sdk-metrics';

/**
 * Picks those that a serializer can write, each tried alone: it throws at a whole batch for one value that refers to itself, or for a time
 * that is none.
 */
export function writableItems<Item>(
  serializer: ISerializer<Item[], unknown>,
): (items: Item[]) => Item[] {
  return (items) => items.filter((item) => canWrite(serializer, [item]));
}

/** The same for metrics, an instrument each. */
export function writableMetrics(
  serializer: ISerializer<ResourceMetrics, unknown>,
): (all: ResourceMetrics) => ResourceMetrics {
  return ({ resource, scopeMetrics }) => ({
    resource,
    scopeMetrics: scopeMetrics.map(({ scope, metrics }) => ({
      scope,
      metrics: metrics.filter((metric) =>
        canWrite(serializer, { resource, scopeMetrics: [{ scope, metrics: [metric] }] }),
      ),
    })),
  });
}

function canWrite<Internal>(serializer: ISerializer<Internal, unknown>, items: Internal): boolean {
  try {
    serializer.serializeRequest(items);
    return true;
  } catch {
    return false;
  }
}
