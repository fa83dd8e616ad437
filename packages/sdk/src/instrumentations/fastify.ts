import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import type { Undo } from './environment.ts';
import { guard } from './guard.ts';
import { serverExchangeOf } from './http-server-exchange.ts';

/** What Fastify 4 and 5 have in common as far as routes are concerned. */
interface FastifyRequest {
  readonly raw: IncomingMessage;
  readonly is404?: boolean;
  /** From 4.10 on. */
  readonly routeOptions?: { readonly url?: string | undefined };
  /** Before. */
  readonly routerPath?: string;
}

interface Fastify {
  addHook(
    name: 'onRequest',
    hook: (request: FastifyRequest, reply: unknown, done: () => void) => void,
  ): void;
}

const CHANNEL = 'fastify.initialization';

/**
 * Gives every request that a Fastify 4 or 5 server answers its `http.route`: the URL of the route as it was written, with the prefixes of its plugins. A request
 * that no route took has none. Fastify publishes each new server, so it needs no module hooks; the route is named by the first `onRequest` hook there is,
 * so that a hook of the application that answers by itself has it too.
 */
export function instrumentFastify(): Undo {
  let active = true;
  const name = guard('finding the route', (request: FastifyRequest) => {
    const exchange = active ? serverExchangeOf(request.raw) : undefined;
    if (exchange === undefined || request.is404) return;
    // Asking for the older one is a warning where there is the newer one.
    const { routeOptions } = request;
    const route = routeOptions === undefined ? request.routerPath : routeOptions.url;
    if (route !== undefined) exchange.route = route === '' ? '/' : route;
  });
  const onServer = guard('watching a server of Fastify', (message: unknown) => {
    const { fastify } = message as { readonly fastify: Fastify };
    fastify.addHook('onRequest', (request, _, done) => {
      name(request);
      done();
    });
  });
  subscribe(CHANNEL, onServer);
  return () => {
    active = false;
    unsubscribe(CHANNEL, onServer);
  };
}
