// Hot: `runInChildSpan` runs six times for a query of Prisma. Bench: bench/request
import { performance } from 'node:perf_hooks';
import {
  type Context,
  context,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { dbErrorType } from './db-error-type.ts';
import { sqlWithoutLiterals } from './db-sql.ts';
import { rememberStatements } from './db-sql-cache.ts';
import type { InstrumentationEnvironment, Undo } from './environment.ts';
import { engineSpans } from './prisma-engine-spans.ts';
import { recordPrismaOperation } from './prisma-operation.ts';
import { type SpanCallback, type SpanOptions, setTracingHelper } from './prisma-tracing-helper.ts';

/**
 * Durations of Prisma 7 by model and action, sampled or not, and the spans that @prisma/instrumentation would make: the same names,
 * in the same tree, but none of its modules.
 *
 * The statements themselves are measured in their driver: `pg` below `@prisma/adapter-pg`.
 *
 * @see https://github.com/prisma/prisma/blob/main/packages/instrumentation/src/ActiveTracingHelper.ts
 */
export function instrumentPrisma(env: InstrumentationEnvironment): Undo {
  const tracer = env.tracer('prisma');
  const showAll = process.env.PRISMA_SHOW_ALL_TRACES === 'true';
  return setTracingHelper({
    isEnabled: () => true,
    getTraceParent,
    dispatchEngineSpans: engineSpans(env.capture),
    getActiveContext: () => context.active(),
    runInChildSpan(what, callback) {
      const options = typeof what === 'string' ? { name: what } : what;
      if (options.internal === true && !showAll) return callback();
      return runInSpan(tracer, options, callback);
    },
  });
}

function getTraceParent(of?: Context): string {
  const span = trace.getSpanContext(of ?? context.active());
  return span === undefined
    ? '00-10-10-00'
    : `00-${span.traceId}-${span.spanId}-0${span.traceFlags}`;
}

function runInSpan<R>(tracer: Tracer, options: SpanOptions, callback: SpanCallback<R>): R {
  const { name, active, context: given } = options;
  const caller = context.active();
  const parent = given ?? caller;
  const span = tracer.startSpan(
    `prisma:client:${name}`,
    name === 'db_query' ? asStatement(options) : options,
    active === false ? parent : caller,
  );
  const work = new PrismaWork(span, caller, name === 'operation' ? options : undefined);
  try {
    const result =
      active === false || isOfNoUse(span, caller)
        ? callback(span, parent)
        : context.with(
            trace.setSpan(caller, span),
            callback as (span: Span, parent: Context) => R,
            undefined,
            span,
            parent,
          );
    return endWith(work, result);
  } catch (error) {
    work.fail(error);
    throw error;
  }
}

/** Nobody sees a span that is not recorded below one that is not: it needs no context of its own. */
function isOfNoUse(span: Span, caller: Context): boolean {
  return !span.isRecording() && trace.getSpan(caller)?.isRecording() !== true;
}

/** Whoever gets the promise meets its rejection: one that nobody handles stays unhandled. */
function endWith<R>(work: PrismaWork, result: R): R {
  const { then } = (result ?? {}) as { readonly then?: unknown };
  if (typeof then !== 'function') {
    work.end(undefined);
    return result;
  }
  return (result as PromiseLike<unknown>).then(
    (value) => {
      work.end(undefined);
      return value;
    },
    (error) => {
      work.fail(error);
      throw error;
    },
  ) as R;
}

/** One span of Prisma and, of an operation, its duration. */
class PrismaWork {
  readonly span: Span;
  readonly #caller: Context;
  /** Of an operation, which is measured; the other spans are not. */
  readonly #operation: SpanOptions | undefined;
  readonly #startMs: number;

  constructor(span: Span, caller: Context, operation: SpanOptions | undefined) {
    this.span = span;
    this.#caller = caller;
    this.#operation = operation;
    this.#startMs = operation === undefined ? 0 : performance.now();
  }

  fail(error: unknown): void {
    if (this.#operation === undefined) {
      this.span.end();
      return;
    }
    const type = dbErrorType(error);
    this.span.setAttribute('error.type', type);
    this.span.setStatus({ code: SpanStatusCode.ERROR });
    this.end(type);
  }

  end(errorType: string | undefined): void {
    this.span.end();
    const operation = this.#operation;
    if (operation === undefined) return;
    const seconds = (performance.now() - this.#startMs) / 1_000;
    if (context.active() === this.#caller) recordPrismaOperation(seconds, operation, errorType);
    else context.with(this.#caller, () => recordPrismaOperation(seconds, operation, errorType));
  }
}

const byDialect = new Map<string, (sql: string) => string>();

function withoutLiterals(sql: string, system: string): string {
  let read = byDialect.get(system);
  if (read === undefined) {
    read = rememberStatements((text) => sqlWithoutLiterals(text, system));
    byDialect.set(system, read);
  }
  return read(sql);
}

/** Of a statement the driver makes a client span too: one of the two must not be one. */
function asStatement({ attributes = {} }: SpanOptions) {
  const { 'db.query.text': text, 'db.system.name': system } = attributes;
  return {
    kind: SpanKind.INTERNAL,
    attributes:
      typeof text === 'string'
        ? { ...attributes, 'db.query.text': withoutLiterals(text, String(system)) }
        : attributes,
  };
}
