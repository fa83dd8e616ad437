import type { Request } from 'express';
import { AdminError } from '../admin-error.ts';
import { type Identity, identify } from '../identity.ts';
import type { Settings } from '../monitoring-options.ts';

/**
 * Whether the app still says the same of who opened a stream: sessions end, and roles are taken away. Where `authorize` throws nobody
 * knows, as while its database starts again: the stream must end then as well, but nobody was signed out.
 */
export async function stillAllowed(
  request: Request,
  before: Identity,
  { authorize, tenantPattern, onError }: Pick<Settings, 'authorize' | 'tenantPattern' | 'onError'>,
): Promise<'yes' | 'no' | 'unknown'> {
  try {
    const now = await identify(request, authorize, tenantPattern);
    return JSON.stringify(now) === JSON.stringify(before) ? 'yes' : 'no';
  } catch (error) {
    if (!(error instanceof AdminError) || error.code !== 'ERR_ADMIN_AUTHORIZE') return 'no';
    onError(error.cause);
    return 'unknown';
  }
}
