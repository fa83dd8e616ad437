import { requireServiceToken, ServiceProblem } from '@bellwether/example-service';
import { currentTenant } from '@bellwether/meters';
import type { FastifyPluginAsync } from 'fastify';
import type { Rooms } from './rooms.ts';

const body = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'text'],
  properties: {
    id: { type: 'string', minLength: 1, maxLength: 100 },
    text: { type: 'string', minLength: 1, maxLength: 1_000 },
  },
} as const;

/** Announcements that are remembered as said; a sender that repeats itself does so within seconds. */
const mostRemembered = 10_000;

/**
 * `POST /announcements`, for our own services: says something to everybody in the chat of the tenant that the request came with, once however
 * often the same `id` is sent.
 */
export function announcementRoute(rooms: Rooms, serviceToken: string): FastifyPluginAsync {
  const said = new Set<string>();
  return async (service) => {
    service.addHook('onRequest', requireServiceToken(serviceToken));
    service.post<{ Body: { id: string; text: string } }>(
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
        const { id, text } = request.body;
        const key = `${tenant} ${id}`;
        if (said.has(key)) return { heardBy: 0, repeated: true };
        said.add(key);
        for (const oldest of said) {
          if (said.size <= mostRemembered) break;
          said.delete(oldest);
        }
        return { heardBy: rooms.say(tenant, text), repeated: false };
      },
    );
  };
}
