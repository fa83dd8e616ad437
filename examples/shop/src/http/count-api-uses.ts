import type { Request, RequestHandler } from 'express';
import { meters } from '../meters.ts';

/** Counts what tenants call, by operation: method and route. A broken connection is a failure. Stand it behind `authenticate`. */
export const countApiUses: RequestHandler = (request, response, next) => {
  response.once('close', () => {
    const { statusCode, writableFinished } = response;
    const failed = statusCode >= 500 || !writableFinished;
    const outcome = failed ? 'failed' : statusCode >= 400 ? 'rejected' : 'succeeded';
    meters.apiUses.add(1, { operation: operationOf(request), outcome });
  });
  next();
};

/** A path that is no route is the caller's invention: all of them are one. */
function operationOf({ method, route }: Request): string {
  const { path } = (route ?? {}) as { readonly path?: unknown };
  return typeof path === 'string' ? `${method} ${path}` : 'unknown';
}
