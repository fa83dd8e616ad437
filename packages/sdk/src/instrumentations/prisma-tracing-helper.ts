import type { Attributes, Context, Span } from '@opentelemetry/api';

/**
 * What Prisma Client calls around its work. It looks for it in a global at every call, so that one which was there
 * before the client, or came after it, is as good.
 *
 * @see https://github.com/prisma/prisma/tree/main/packages/instrumentation-contract
 */
export interface TracingHelper {
  isEnabled(): boolean;
  getTraceParent(context?: Context): string;
  dispatchEngineSpans(...args: unknown[]): void;
  getActiveContext(): Context;
  runInChildSpan<R>(options: string | SpanOptions, callback: SpanCallback<R>): R;
}

/** `operation` is one call of the application, `db_query` one statement of it. */
export interface SpanOptions {
  readonly name: string;
  readonly kind?: number;
  readonly attributes?: Attributes;
  /** Shown only with `PRISMA_SHOW_ALL_TRACES=true`. */
  readonly internal?: boolean;
  /** `false`: what the callback starts is no child of the span. */
  readonly active?: boolean;
  readonly context?: Context;
}

export type SpanCallback<R> = (span?: Span, context?: Context) => R;

/** Of Prisma 7, then what it falls back to. */
const names = ['V7_PRISMA_INSTRUMENTATION', 'PRISMA_INSTRUMENTATION'] as const;

type Globals = { [name in (typeof names)[number]]?: { readonly helper?: TracingHelper } };

/** Puts a helper in place. The result takes it away again and puts back what was there before. */
export function setTracingHelper(helper: TracingHelper): () => void {
  const globals = globalThis as Globals;
  const before = names.map((name) => globals[name]);
  const value = { helper };
  for (const name of names) globals[name] = value;
  return () => {
    names.forEach((name, index) => {
      if (globals[name]?.helper !== helper) return;
      const old = before[index];
      if (old === undefined) delete globals[name];
      else globals[name] = old;
    });
  };
}

/** The helper that stands there now. */
export function tracingHelper(): TracingHelper | undefined {
  return (globalThis as Globals)[names[0]]?.helper;
}
