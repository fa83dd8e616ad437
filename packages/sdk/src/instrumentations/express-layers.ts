import { createRequire } from 'node:module';
import { trace } from '@opentelemetry/api';
import type { Instrumentation } from '@opentelemetry/instrumentation';
import { loadNow } from '../load-now.ts';
import type { Redaction } from '../redaction/tracer-without-values.ts';
import type { Undo } from './environment.ts';

/**
 * Starts OpenTelemetry's own instrumentation of Express, which makes a span for every layer. It is loaded only here. Its metrics are
 * none, and the routes stay ours; of a request that no route took it may name the router that saw it last.
 */
export function traceExpressLayers(redaction: Redaction): Undo {
  const ours = createRequire(import.meta.url);
  const theirs = createRequire(ours.resolve('@opentelemetry/auto-instrumentations-node'));
  const { ExpressInstrumentation } = theirs('@opentelemetry/instrumentation-express') as {
    readonly ExpressInstrumentation: new () => Instrumentation;
  };
  const instrumentation = new ExpressInstrumentation();
  const { withoutValues } = loadNow(() => import('../redaction/tracer-without-values.ts'));
  instrumentation.setTracerProvider(withoutValues(trace.getTracerProvider(), redaction));
  return () => instrumentation.disable();
}
