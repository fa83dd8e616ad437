import { requireServiceToken } from '@bellwether/example-service';
import type { FastifyPluginAsync } from 'fastify';
import { type Credentials, identify } from './identify.ts';
import type { TenantKeys } from './tenant-keys.ts';
import type { TokenStore } from './token-store.ts';

const body = {
  type: 'object',
  additionalProperties: false,
  properties: {
    apiKey: { type: 'string', minLength: 1, maxLength: 200 },
    token: { type: 'string', minLength: 1, maxLength: 200 },
  },
} as const;

/** `POST /introspect`, for our own services: what a key or a token stands for. */
export function introspectRoute(
  directory: { readonly keys: TenantKeys; readonly tokens: TokenStore },
  serviceToken: string,
): FastifyPluginAsync {
  return async (service) => {
    service.addHook('onRequest', requireServiceToken(serviceToken));
    service.post<{ Body: Credentials }>('/introspect', { schema: { body } }, (request) =>
      identify(directory, request.body),
    );
  };
}
