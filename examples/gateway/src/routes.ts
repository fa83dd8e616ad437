import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { identify, identityOf } from './identity.ts';
import { limitRate } from './limit-rate.ts';
import { passOn } from './pass-on.ts';
import type { settings as Settings } from './settings.ts';

/** What customers reach of the storefront. Its admin area and its health are not among it. */
const storefrontPaths = [
  '/bestsellers',
  '/cart',
  '/cart/items',
  '/cart/items/:id',
  '/logout',
  '/orders',
  '/orders/:id',
  '/orders/:id/refund',
  '/orders/:id/cancel',
  '/plans',
  '/products',
  '/products/:id',
  '/subscription',
];

/** Every route that the internet has: identified, limited, passed on. */
export function routes(settings: typeof Settings): FastifyPluginAsync {
  const { AUTH_URL, STOREFRONT_URL, USERS_URL, SERVICE_TOKEN, GATEWAY_EDGE_HEADER } = settings;
  const ofEdge = ({ headers }: FastifyRequest) =>
    GATEWAY_EDGE_HEADER === undefined
      ? {}
      : { [GATEWAY_EDGE_HEADER]: text(headers[GATEWAY_EDGE_HEADER]) };
  const key = ({ headers }: FastifyRequest) => ({ 'x-api-key': text(headers['x-api-key']) });

  const toAuth = passOn({ name: 'auth', origin: AUTH_URL, headers: key });
  const toStorefront = passOn({
    name: 'storefront',
    origin: STOREFRONT_URL,
    headers: (request) => {
      const { storefrontToken } = identityOf(request);
      const proof =
        storefrontToken === undefined
          ? key(request)
          : { authorization: `Bearer ${storefrontToken}` };
      return { ...proof, ...ofEdge(request) };
    },
  });

  return async (service) => {
    // Bodies are for those who know what is in them.
    service.removeAllContentTypeParsers();
    service.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
      done(null, body);
    });
    service.addHook('onRequest', identify(AUTH_URL, SERVICE_TOKEN));
    service.addHook('onRequest', limitRate(settings.GATEWAY_RATE_LIMIT));

    service.post('/login', toAuth);
    service.post('/register', toAuth);
    for (const path of storefrontPaths) service.all(path, toStorefront);
    if (USERS_URL === undefined) return;
    const toUsers = passOn({
      name: 'users',
      origin: USERS_URL,
      headers: (request) => ({
        'x-service-token': SERVICE_TOKEN,
        'x-customer-id': identityOf(request).customerId,
      }),
    });
    service.get('/profile', toUsers);
    service.put('/profile', toUsers);
  };
}

const text = (header: string | string[] | undefined) =>
  typeof header === 'string' ? header : undefined;
