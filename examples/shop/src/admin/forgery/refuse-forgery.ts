import type { RequestHandler } from 'express';
import { HttpProblem } from '../../http/http-problem.ts';
import type { Settings } from '../../settings.ts';
import { isSameOrigin } from './same-origin.ts';

/** 403 for what no page of our own origin sent. The forms' tokens are checked besides, where they are read. */
export function refuseForgery(settings: Pick<Settings, 'publicOrigin'>): RequestHandler {
  return (request, _response, next) => {
    if (!isSameOrigin(request, settings)) {
      throw new HttpProblem(
        403,
        'forged',
        'Expected a request by a page of this site, got one from elsewhere; behind a proxy set SHOP_PUBLIC_URL',
      );
    }
    next();
  };
}
