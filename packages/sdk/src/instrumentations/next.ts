import { requestStoreOf } from '@bellwether/meters/runtime';
import { context } from '@opentelemetry/api';
import { globalPropagator } from '../export/global-propagator.ts';
import { undoAll, wrapMethod } from './db-wrap-method.ts';
import type { InstrumentationEnvironment, Undo } from './environment.ts';
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
 * Gives every request that a server of Next.js answers its `http.route`: the file's place in `app/` or `pages/`
 * (`/users/[id]`). Next.js has it in the spans of its own that it starts on the way, also where they are not sampled.
 *
 * Two habits of its tracing are for servers that nobody measures, and are left out where ours is measured: what it renders, it does in a context made
 * of the caller's headers, which would lose the request and its tenant; and it writes the route into the span around its own when all is
 * done, and that has ended by then.
 *
 * @see https://nextjs.org/docs/app/guides/open-telemetry
 */
export function instrumentNext(env: InstrumentationEnvironment): Undo {
  const undos: Undo[] = [];
  const target = { name: 'next', versions: '>=15 <17', file: 'dist/server/lib/trace/tracer.js' };
  env.onModuleLoad(target, (exports) => {
    const tracer = (exports as NextTracing).getTracer();
    undos.push(
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
      keepRequest(),
    );
  });
  return () => undoAll(undos)();
}

/** The context of a request's own headers is the one that it has. */
function keepRequest(): Undo {
  return wrapMethod(globalPropagator() ?? {}, 'extract', (extract) => {
    return function (...args) {
      const exchange = measured();
      return exchange !== undefined && args[1] === exchange.request.headers
        ? context.active()
        : extract.apply(this, args);
    };
  });
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
