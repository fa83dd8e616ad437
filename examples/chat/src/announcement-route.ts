import { requireServiceToken, ServiceProblem } from '@bellwether/example-service';
import { currentTenant } from '@bellwether/meters';
import type { FastifyPluginAsync } from 'fastify';
import type { Rooms } from './rooms.ts';

const body = {
  type: 'object',
  additionalProperties: false,
  required: ['text'],
  properties: { text: { type: 'string', minLength: 1, maxLength: 1_000 } },
} as const;

/** `POST /announcements`, for our own services: says something to everybody in the chat of the tenant that the request came with. */
export function announcementRoute(rooms: Rooms, serviceToken: string): FastifyPluginAsync {
  return async (service) => {
    service.addHook('onRequest', requireServiceToken(serviceToken));
    service.post<{ Body: { text: string } }>(
      '/announcements',
      { schema: { body } },
      async (request) => {
        const tenant = currentTenant();
        if (tenant === undefined) {
          throw new ServiceProblem(
            400,
            'tenant_missing',
            'Expected the request of a tenant, got one of nobody; list the caller in BELLWETHER_BAGGAGE_HOSTS',
          );
        }
        return { heardBy: rooms.say(tenant, request.body.text) };
      },
    );
  };
}
