import { requestStoreOf } from '@bellwether/meters/runtime';
import { context } from '@opentelemetry/api';
import { globalPropagator } from '../export/global-propagator.ts';
import { undoAll, wrapMethod } from './db-wrap-method.ts';
import type { Undo } from './environment.ts';
import { guard } from './guard.ts';
import { ServerExchange } from './http-server-exchange.ts';

interface NextTracing {
  /** One tracer for all of Next.js in a process. */
  getTracer(): object;
}

/** What Next.js says of a span before it starts it. */
interface NextSpan {
  readonly spanName?: string;
  readonly attributes?: { readonly 'next.route'?: unknown };
}

/** The one span that says its route by its name only. */
const pagesApi = /^executing api route \(pages\) (\/.*)$/;

/** Shown in place of what was asked for: they say nothing of who failed. */
const standIns = new Set(['/_error', '/_not-found', '/_global-error', '/404', '/500']);

/**
 * Reads routes out of the spans that Next.js starts.
 *
 * Two habits of its tracing are for servers that nobody measures, and are left out where ours is measured: what it renders, it does in a context made
 * of the caller's headers, which would lose the request and its tenant; and it writes the route into the span around its own when all is
 * done, and that has ended by then.
 */
export function patchNextTracing(exports: unknown): Undo {
  const tracer = (exports as NextTracing).getTracer();
  return undoAll([
    wrapMethod(tracer, 'trace', (trace) => {
      return function (...args) {
        nameRoute(args[1]);
        return trace.apply(this, args);
      };
    }),
    wrapMethod(tracer, 'getActiveScopeSpan', (activeSpan) => {
      return function () {
        const span = activeSpan.call(this);
        return span === measured()?.span ? undefined : span;
      };
    }),
    wrapMethod(globalPropagator() ?? {}, 'extract', (extract) => {
      return function (...args) {
        const exchange = measured();
        // The context of a request's own headers is the one that it has.
        return exchange !== undefined && args[1] === exchange.request.headers
          ? context.active()
          : extract.apply(this, args);
      };
    }),
  ]);
}

/** The request in progress, of a server that is measured. */
function measured(): ServerExchange | undefined {
  const store = requestStoreOf(context.active());
  return store instanceof ServerExchange ? store : undefined;
}

const nameRoute = guard('finding the route', (options: unknown) => {
  const { attributes, spanName = '' } = (options ?? {}) as NextSpan;
  const route = attributes?.['next.route'] ?? pagesApi.exec(spanName)?.[1];
  if (typeof route !== 'string' || standIns.has(route)) return;
  const exchange = measured();
  if (exchange !== undefined) exchange.route = route;
});
