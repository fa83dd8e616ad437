// Hot in part: `dispatch` runs for every request of a route. Bench: ./http-server.bench.ts
import type { IncomingMessage } from 'node:http';
import type { InstrumentationEnvironment, Undo } from './environment.ts';
import { traceExpressLayers } from './express-layers.ts';
import {
  type Application,
  isApplication,
  isRouter,
  type Path,
  type Route,
  type Router,
} from './express-model.ts';
import { createRouteMap, type RouteMap } from './express-route-map.ts';
import { guard } from './guard.ts';
import { type ServerExchange, serverExchangeOf } from './http-server-exchange.ts';

type Method = (this: unknown, ...args: unknown[]) => unknown;

type Methods<Names extends string> = Record<Names, Method>;

interface ExpressExports {
  readonly application?: Partial<Methods<'use' | 'route' | 'lazyrouter'>>;
  readonly Router: RouterExports;
  readonly Route: { readonly prototype: Methods<'dispatch'> };
}

/** Express 4 exports its router's methods on the function itself, `router` 2 on its prototype. */
type RouterExports = { readonly prototype?: unknown; readonly Route?: unknown };

/**
 * Gives every request that an Express 4 or 5 application (or `router` by itself) answers its `http.route`: the template as it was written,
 * with the paths of the routers and applications around it (`/t/:id` and `/x/:y` give `/t/:id/x/:y`). The route of a request
 * is the last one that took it and did not pass it on by `next()`; a request that no route took has none.
 *
 * Spans for every layer come by `BELLWETHER_EXPRESS_LAYERS=true` from the instrumentation of OpenTelemetry.
 */
export function instrumentExpress(env: InstrumentationEnvironment): Undo {
  const routes = createRouteMap();
  const undos: Undo[] = env.config.expressLayers ? [traceExpressLayers(env.capture)] : [];
  const seen = new WeakSet<object>();

  const patchRouter = (Router: RouterExports, Route: ExpressExports['Route']) => {
    const methods = routerMethods(Router);
    if (seen.has(methods)) return;
    seen.add(methods);
    undos.push(...watchRouter(methods, routes), watchDispatch(Route.prototype, routes));
  };
  env.onModuleLoad({ name: 'express', versions: '>=4.0.0 <6' }, (exports) => {
    const express = exports as ExpressExports;
    patchRouter(express.Router, express.Route);
    if (express.application) undos.push(...watchApplication(express.application, routes));
  });
  env.onModuleLoad({ name: 'router', versions: '>=1.0.0 <3' }, (exports) => {
    const Router = exports as RouterExports;
    patchRouter(Router, Router.Route as ExpressExports['Route']);
  });
  return () => {
    for (const undo of undos.splice(0)) undo();
  };
}

function routerMethods(Router: RouterExports): Methods<'use' | 'route'> {
  const prototype = Router.prototype as Partial<Methods<'use' | 'route'>> | undefined;
  return (typeof prototype?.route === 'function' ? prototype : Router) as Methods<'use' | 'route'>;
}

function watchRouter(methods: Methods<'use' | 'route'>, routes: RouteMap): Undo[] {
  return [
    after(methods, 'route', (router, _, route) => {
      routes.addRoute(route as Route, router as Router);
    }),
    after(methods, 'use', (router, args) => {
      const { stack } = router as Router;
      const { path, handlers } = readUse(args);
      const layers = stack.slice(-handlers.length);
      for (const [index, handler] of handlers.entries()) {
        const mount = { in: router as Router, path, layer: layers[index] };
        if (isRouter(handler) || isApplication(handler)) routes.addMount(handler, mount);
        else routes.addFunction(mount);
      }
    }),
  ];
}

/** An application hides the applications in it behind functions of its own, so the router can't see them. */
function watchApplication(
  methods: NonNullable<ExpressExports['application']>,
  routes: RouteMap,
): Undo[] {
  const belongs = (application: unknown) => {
    const router = routerOf(application as Application);
    if (router !== undefined) routes.addApplication(application as Application, router);
    return router;
  };
  return [
    after(methods, 'use', (application, args) => {
      const router = belongs(application);
      if (router === undefined) return;
      const { path, handlers } = readUse(args);
      const layers = router.stack.slice(-handlers.length);
      for (const [index, handler] of handlers.entries()) {
        if (isRouter(handler) || !isApplication(handler)) continue;
        routes.addMount(handler, { in: router, path, layer: layers[index] });
      }
    }),
    after(methods, 'route', belongs),
    after(methods, 'lazyrouter', belongs),
  ];
}

/** Asked only after the application has made its router: in Express 5 asking makes one, in Express 4 asking for `router` throws. */
function routerOf(application: Application): Router | undefined {
  const router = application.lazyrouter === undefined ? application.router : application._router;
  return isRouter(router) ? router : undefined;
}

interface ExpressRequest extends IncomingMessage {
  readonly baseUrl?: string;
  readonly app?: Application;
}

function watchDispatch(methods: Methods<'dispatch'>, routes: RouteMap): Undo {
  const enter = guard('finding the route', (route: Route, request: ExpressRequest) => {
    const exchange = serverExchangeOf(request);
    if (exchange !== undefined) {
      exchange.route = routes.template(route, request.baseUrl ?? '', () =>
        request.app === undefined ? undefined : routerOf(request.app),
      );
    }
    return exchange;
  });
  return replace(
    methods,
    'dispatch',
    (dispatch) =>
      function dispatchRoute(request, response, next, ...rest) {
        const exchange = enter(this as Route, request as ExpressRequest);
        const onwards = exchange === undefined ? next : leaving(exchange, next as Method);
        return dispatch.call(this, request, response, onwards, ...rest);
      },
  );
}

/**
 * `next()`, `next('route')` and `next('router')` mean that this route did not answer, unless it has: what comes then only logs
 * or cleans up. An error is answered in its name.
 */
function leaving(exchange: ServerExchange, next: Method): Method {
  return function leaveRoute(this: unknown, ...args) {
    const [error] = args;
    const answersNot = !error || error === 'route' || error === 'router';
    if (answersNot && !exchange.isAnswered) exchange.route = undefined;
    return next.apply(this, args);
  };
}

/** `use([path], ...handlers)`, where each handler may be a list of handlers. */
function readUse(args: readonly unknown[]): { path: Path; handlers: unknown[] } {
  const isPath = typeof firstLeaf(args[0]) !== 'function';
  const handlers = (isPath ? args.slice(1) : args).flat(Number.POSITIVE_INFINITY);
  return { path: isPath ? (args[0] as Path) : '/', handlers };
}

function firstLeaf(value: unknown): unknown {
  let leaf = value;
  while (Array.isArray(leaf) && leaf.length > 0) leaf = leaf[0];
  return leaf;
}

/** Lets `notice` see each call of a method that returned. */
function after<Name extends string>(
  methods: Partial<Methods<Name>>,
  name: Name,
  notice: (self: unknown, args: unknown[], answer: unknown) => unknown,
): Undo {
  const guarded = guard(`noting ${name}()`, notice);
  return replace(
    methods,
    name,
    (original) =>
      function noted(...args) {
        const answer = Reflect.apply(original, this, args);
        guarded(this, args, answer);
        return answer;
      },
  );
}

function replace<Name extends string>(
  methods: Partial<Methods<Name>>,
  name: Name,
  wrap: (original: Method) => Method,
): Undo {
  const original: Method | undefined = methods[name];
  if (typeof original !== 'function') return () => {};
  const replacement = wrap(original);
  methods[name] = replacement;
  return () => {
    if (methods[name] === replacement) methods[name] = original;
  };
}
