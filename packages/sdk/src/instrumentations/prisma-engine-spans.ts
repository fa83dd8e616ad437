import { createRequire } from 'node:module';
import { diag, trace } from '@opentelemetry/api';
import { loadNow } from '../load-now.ts';
import type { Redaction } from '../redaction/tracer-without-values.ts';
import { setTracingHelper, type TracingHelper, tracingHelper } from './prisma-tracing-helper.ts';

type Dispatch = TracingHelper['dispatchEngineSpans'];

/**
 * Makes spans of what a remote engine of Prisma (Accelerate) says that it did, as @prisma/instrumentation does. It is loaded with the
 * first of them: an application that runs its queries itself has none.
 */
export function engineSpans(redaction: Redaction): Dispatch {
  let dispatch: Dispatch | undefined;
  return (...args) => {
    dispatch ??= dispatchOfPrisma(redaction);
    dispatch(...args);
  };
}

/** Prisma does not export its helper: its instrumentation puts it into the global when it is made. */
function dispatchOfPrisma(redaction: Redaction): Dispatch {
  const ours = tracingHelper();
  try {
    const require = createRequire(import.meta.url);
    const { PrismaInstrumentation } =
      require('@prisma/instrumentation') as typeof import('@prisma/instrumentation');
    const instrumentation = new PrismaInstrumentation();
    const { withoutValues } = loadNow(() => import('../redaction/tracer-without-values.ts'));
    instrumentation.setTracerProvider(withoutValues(trace.getTracerProvider(), redaction));
    instrumentation.enable();
    const theirs = tracingHelper();
    if (theirs === undefined || theirs === ours) return () => {};
    return (...args) => theirs.dispatchEngineSpans(...args);
  } catch (error) {
    diag.error('Bellwether: the engine of Prisma has no spans', error);
    return () => {};
  } finally {
    if (ours !== undefined) setTracingHelper(ours);
  }
}
