import type { Request } from 'express';
import { AdminError } from '../admin-error.ts';
import type { CatalogQuery } from '../catalog/catalog.ts';
import { type Identity, identityOf, isTenant } from '../identity.ts';
import type { Settings } from '../monitoring-options.ts';
import type { Choices } from './fill-template.ts';
import { badTenant, readName, readParameters } from './parameters.ts';

/** What every question about numbers may say. */
export const SCOPE = ['tenant', 'environment', 'service', 'route'] as const;

/** About whom a question is. */
export interface Scope extends Choices {
  /** Undefined is everybody. */
  readonly tenant: string | undefined;
}

/** Of a tenant's admin it is their own, whatever the browser says: saying another, or any, is refused. */
export function readScope(
  given: Partial<Readonly<Record<(typeof SCOPE)[number], string>>>,
  identity: Identity,
  { tenantPattern }: Pick<Settings, 'tenantPattern'>,
): Scope {
  const [environment, service, route] = (['environment', 'service', 'route'] as const).map((name) =>
    readName(name, given[name]),
  );
  const choices = {
    ...(environment !== undefined && { environment }),
    ...(service !== undefined && { service }),
    ...(route !== undefined && { route }),
  };
  if (identity.role === 'tenant-admin') {
    if (given.tenant !== undefined)
      throw badTenant('The tenant is yours: it can not be chosen by the address.');
    return { ...choices, tenant: identity.tenant };
  }
  if (given.tenant !== undefined && !isTenant(given.tenant, tenantPattern))
    throw badTenant('There can be no tenant of this name.');
  return { ...choices, tenant: given.tenant };
}

/** One question about numbers, as a browser asked it. */
export interface Question {
  readonly name: string;
  readonly query: CatalogQuery;
  readonly template: string;
  readonly scope: Scope;
}

/**
 * The question of a request, its parameters beside. Throws ERR_ADMIN_QUERY for a name that is not in the catalog, ERR_ADMIN_FORBIDDEN for
 * what a tenant may not ask.
 */
export function readQuestion<Name extends string>(
  request: Request,
  settings: Settings,
  more: readonly Name[],
) {
  const given = readParameters(request, [...SCOPE, ...more]);
  const identity = identityOf(request);
  const name = String(request.params.query);
  const query = settings.catalog.queries.get(name);
  if (query === undefined)
    throw new AdminError(
      'ERR_ADMIN_QUERY',
      'There is no such question.',
      'Load the page again: it may be older than the application.',
    );
  const scope = readScope(given, identity, settings);
  return { question: questionFor(name, query, scope, identity), given };
}

/**
 * A super admin who looks at one tenant is shown what has no tenant for everybody, and the answer says so; a tenant's admin is
 * refused it.
 */
function questionFor(
  name: string,
  query: CatalogQuery,
  scope: Scope,
  identity: Identity,
): Question {
  if (scope.tenant !== undefined && query.tenant !== undefined)
    return { name, query, template: query.tenant, scope };
  if (identity.role === 'tenant-admin' || query.all === undefined)
    throw new AdminError(
      'ERR_ADMIN_FORBIDDEN',
      'This is not about one tenant alone.',
      'Ask a super admin.',
    );
  return { name, query, template: query.all, scope: { ...scope, tenant: undefined } };
}
