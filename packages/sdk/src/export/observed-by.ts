import type { MeterProvider } from '@opentelemetry/api';
import type { SelfMetrics } from '../self-metrics/self-metrics.ts';

/** The option with which processors and exporters of upstream measure themselves; none when the SDK shall not. */
export function observedBy(self: SelfMetrics | undefined): {
  readonly selfObsMeterProvider?: MeterProvider;
} {
  return self === undefined ? {} : { selfObsMeterProvider: self.provider };
}
