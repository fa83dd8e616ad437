import { createHash } from 'node:crypto';
import { ServiceProblem } from '@bellwether/example-service';
import { setTenant } from '@bellwether/meters';
import { meters } from './meters.ts';
import type { TenantKeys } from './tenant-keys.ts';
import type { TokenStore } from './token-store.ts';

/** What somebody shows: the key of a tenant, or the token of one of its customers. */
export interface Credentials {
  readonly apiKey?: string | undefined;
  readonly token?: string | undefined;
}

export interface Identity {
  readonly tenant: string;
  readonly customerId?: string;
  /** What the storefront takes instead of the token. */
  readonly storefrontToken?: string;
}

/** Who that is. A token wins over a key. 401 for what is known to nobody; the tenant of what is known is the request's from here on. */
export async function identify(
  { keys, tokens }: { readonly keys: TenantKeys; readonly tokens: TokenStore },
  { apiKey, token }: Credentials,
): Promise<Identity> {
  const kind = token !== undefined ? 'token' : apiKey !== undefined ? 'key' : 'none';
  const identity =
    token !== undefined
      ? await tokens.find(token)
      : apiKey !== undefined
        ? ofKey(keys, apiKey)
        : undefined;
  if (identity !== undefined) setTenant(identity.tenant);
  const outcome = identity === undefined ? 'unknown' : 'known';
  meters.credentialsChecked.add(1, { kind, outcome });
  if (identity !== undefined) return identity;
  throw new ServiceProblem(
    401,
    kind === 'none' ? 'credentials_missing' : 'credentials_unknown',
    'Expected X-Api-Key or Authorization: Bearer <token> that is known here, got another or none',
  );
}

function ofKey(keys: TenantKeys, apiKey: string): Identity | undefined {
  const tenant = keys.tenantOf(createHash('sha256').update(apiKey).digest('hex'));
  return tenant === undefined ? undefined : { tenant };
}
