import type { Request } from 'express';
import type { Settings } from '../../settings.ts';

/**
 * Whether a page of our own origin sent this. Every browser says so of what is not a plain GET, by Origin, by Sec-Fetch-Site, or
 * both; who says neither is no browser and has no business with a cookie. https://fetch.spec.whatwg.org/#origin-header
 */
export function isSameOrigin(
  request: Request,
  { publicOrigin }: Pick<Settings, 'publicOrigin'>,
): boolean {
  const site = request.get('sec-fetch-site');
  const origin = request.get('origin');
  if (site !== undefined && site !== 'same-origin') return false;
  if (origin === undefined) return site === 'same-origin';
  return origin === (publicOrigin ?? `http://${request.get('host')}`);
}
