import { createRequire } from 'node:module';
import { performance } from 'node:perf_hooks';
import { context, diag, type Span, SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { dbErrorType } from './db-error-type.ts';
import { measurePromise } from './db-measure-promise.ts';
import { sqlWithoutLiterals } from './db-sql.ts';
import type { InstrumentationEnvironment, Undo } from './environment.ts';
import { guard } from './guard.ts';
import { prismaMeters } from './prisma-meters.ts';
import {
  type SpanCallback,
  type SpanOptions,
  setTracingHelper,
  type TracingHelper,
  tracingHelper,
} from './prisma-tracing-helper.ts';

/**
 * Durations of Prisma 7 by model and action, sampled or not, and the spans of @prisma/instrumentation, which is loaded with
 * the application's Prisma Client and never without.
 *
 * The statements themselves are measured in their driver: `pg` below `@prisma/adapter-pg`.
 */
export function instrumentPrisma(env: InstrumentationEnvironment): Undo {
  let spans: TracingHelper | undefined;
  const prismas = () => {
    spans ??= helperOfPrisma();
    return spans;
  };
  // The entry that generated clients import; without it, as in a bundle, the first operation loads the helper.
  env.onModuleLoad({ name: '@prisma/client/runtime/client', versions: '>=7 <8' }, () => {
    prismas();
  });
  return setTracingHelper({
    isEnabled: () => true,
    getTraceParent: (...args) => prismas().getTraceParent(...args),
    dispatchEngineSpans: (...args) => prismas().dispatchEngineSpans(...args),
    getActiveContext: () => context.active(),
    runInChildSpan(options, callback) {
      if (typeof options === 'string') return prismas().runInChildSpan(options, callback);
      if (options.name === 'operation') {
        return prismas().runInChildSpan(options, measured(options, callback));
      }
      return prismas().runInChildSpan(
        options.name === 'db_query' ? asStatement(options) : options,
        callback,
      );
    },
  });
}

/** Of a statement the driver makes a client span too: one of the two must not be one. */
function asStatement(options: SpanOptions): SpanOptions {
  const { 'db.query.text': text, ...attributes } = options.attributes ?? {};
  return {
    ...options,
    kind: SpanKind.INTERNAL,
    attributes:
      typeof text === 'string'
        ? { ...attributes, 'db.query.text': sqlWithoutLiterals(text) }
        : attributes,
  };
}

function measured<R>(options: SpanOptions, callback: SpanCallback<R>): SpanCallback<R> {
  return (span, spanContext) => {
    const parent = context.active();
    const start = performance.now();
    const end = guard('prisma', (failed: { readonly value: unknown } | undefined) => {
      const seconds = (performance.now() - start) / 1_000;
      const type = failed && dbErrorType(failed.value);
      if (type !== undefined) markFailed(span as Span | undefined, type);
      context.with(parent, () => record(seconds, options, type));
    });
    return measurePromise(() => callback(span, spanContext) as Promise<unknown>, end) as R;
  };
}

function markFailed(span: Span | undefined, type: string): void {
  span?.setAttribute('error.type', type);
  span?.setStatus({ code: SpanStatusCode.ERROR });
}

function record(seconds: number, { attributes }: SpanOptions, type: string | undefined): void {
  const { model, method } = attributes ?? {};
  prismaMeters.operationDuration.record(seconds, {
    'prisma.model': typeof model === 'string' ? model : undefined,
    'prisma.action': String(method),
    'error.type': type,
  });
}

/** Prisma does not export its helper: its instrumentation puts it into the global when it is made. */
function helperOfPrisma(): TracingHelper {
  const ours = tracingHelper();
  try {
    const require = createRequire(import.meta.url);
    const { PrismaInstrumentation } =
      require('@prisma/instrumentation') as typeof import('@prisma/instrumentation');
    new PrismaInstrumentation().enable();
    return tracingHelper() ?? withoutSpans;
  } catch (error) {
    diag.error('Bellwether: Prisma has no spans', error);
    return withoutSpans;
  } finally {
    if (ours !== undefined) setTracingHelper(ours);
  }
}

const withoutSpans: TracingHelper = {
  isEnabled: () => false,
  getTraceParent: () => '00-10-10-00',
  dispatchEngineSpans: () => {},
  getActiveContext: () => context.active(),
  runInChildSpan: (_, callback) => callback(),
};
