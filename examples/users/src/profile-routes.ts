import { requireServiceToken, ServiceProblem } from '@bellwether/example-service';
import { currentTenant } from '@bellwether/meters';
import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { Database } from './database.ts';
import { meters } from './meters.ts';

const name = { type: 'string', minLength: 1, maxLength: 100 } as const;
const id = { type: 'string', format: 'uuid' } as const;
const object = { type: 'object', additionalProperties: false } as const;
const forUser = { ...object, required: ['id', 'name'], properties: { id, name } };
const forProfile = { ...object, required: ['name'], properties: { name } };

/**
 * For our own services: `POST /users` makes a profile, once however often it is asked for; `GET` and `PUT /profile` are those of the customer in
 * `X-Customer-Id`, who makes one by `PUT` where there is none. The tenant is that of the request, as our services hand it on.
 */
export function profileRoutes(database: Database, serviceToken: string): FastifyPluginAsync {
  return async (service) => {
    service.addHook('onRequest', requireServiceToken(serviceToken));

    service.post<{ Body: { id: string; name: string } }>(
      '/users',
      { schema: { body: forUser } },
      async (request, reply) => {
        const made = await make(database, { ...request.body, tenantId: tenantNow() });
        return reply.code(made ? 201 : 200).send({ id: request.body.id });
      },
    );

    service.get('/profile', async (request) => {
      const profile = await database.profile.findUnique({ where: whose(request) });
      if (profile === null) throw notFound();
      return { profile: { id: profile.id, name: profile.name } };
    });

    service.put<{ Body: { name: string } }>(
      '/profile',
      { schema: { body: forProfile } },
      async (request) => {
        const profile = whose(request).tenantId_id;
        const { name } = request.body;
        const { count } = await database.profile.updateMany({ where: profile, data: { name } });
        // Nobody made it when they registered: we were away.
        if (count === 0) await make(database, { ...profile, name });
        else meters.profileChanges.add(1);
        return { changed: true };
      },
    );
  };
}

/** Whether there was none before. */
async function make(
  database: Database,
  profile: { readonly id: string; readonly tenantId: string; readonly name: string },
): Promise<boolean> {
  const { count } = await database.profile.createMany({
    data: [{ ...profile, createdAt: new Date() }],
    skipDuplicates: true,
  });
  if (count > 0) meters.created.add(count);
  return count > 0;
}

function tenantNow(): string {
  const tenant = currentTenant();
  if (tenant !== undefined) return tenant;
  throw new ServiceProblem(
    400,
    'tenant_missing',
    'Expected the request of a tenant, got one of nobody; list the caller in BELLWETHER_BAGGAGE_HOSTS',
  );
}

function whose({ headers }: FastifyRequest) {
  const customer = headers['x-customer-id'];
  if (typeof customer !== 'string') {
    throw new ServiceProblem(401, 'login_required', 'Expected the token of a customer, got none');
  }
  return { tenantId_id: { tenantId: tenantNow(), id: customer } };
}

const notFound = () =>
  new ServiceProblem(404, 'not_found', 'Expected the customer to have a profile, got none');
