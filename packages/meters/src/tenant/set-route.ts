import { sharedState } from '../state/shared-state.ts';
import { sayOutside } from './outside-request.ts';

/**
 * Names the route of the request in progress, where no instrumentation sees it: a router of your own, or Hono. It becomes `http.route` of the
 * request's duration and span. Call it before the response ends, with the template as it was written (`/orders/:id`), never with a
 * path: every route is a series.
 * @returns false, and changes nothing, for an empty text or outside of any request (said once by OpenTelemetry's `diag`)
 * @example
 * app.use(async (context, next) => {
 *   await next();
 *   setRoute(routePath(context, -1));
 * });
 */
export function setRoute(template: string): boolean {
  const store = sharedState().requests.current();
  if (store === undefined) return sayOutside('setRoute');
  if (typeof template !== 'string' || template === '') return false;
  store.route = template;
  return true;
}
