import type { Request } from 'express';
import { AdminError } from './admin-error.ts';
import type { Settings } from './monitoring-options.ts';

/** A header that a page of another site can't send without this server's consent, which is never given. */
export const CSRF_HEADER = 'x-bellwether-admin';

/**
 * Lets only our own page change something: the header must be there, and the browser must say that the request is from this origin
 * (`Sec-Fetch-Site`, else `Origin`). The app's own check comes after. Throws ERR_ADMIN_CSRF.
 */
export async function refuseOtherSites(
  request: Request,
  { csrf }: Pick<Settings, 'csrf'>,
): Promise<void> {
  if (request.get(CSRF_HEADER) !== '1' || !isSameOrigin(request)) throw otherSite();
  if (csrf !== undefined && (await csrf(request)) !== true) throw otherSite();
}

export function isSameOrigin(request: Request): boolean {
  const site = request.get('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin';
  // Behind a proxy `protocol` and `host` are those of the browser where the app trusts it (`trust proxy`).
  return request.get('origin') === `${request.protocol}://${request.host}`;
}

const otherSite = () =>
  new AdminError(
    'ERR_ADMIN_CSRF',
    'This request did not come from the monitoring page.',
    'Load the page again and repeat it there.',
  );
