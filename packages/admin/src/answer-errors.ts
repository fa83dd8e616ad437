import type { ErrorRequestHandler, Request } from 'express';
import { AdminError, badParameter } from './admin-error.ts';
import type { Settings } from './monitoring-options.ts';
import { errorPage } from './page/error-page.ts';

/** Every error of the router as JSON, or as a small page for who opened the page itself. Nothing of its inside gets out. */
export function answerErrors({ onError, signInUrl }: Settings): ErrorRequestHandler {
  return (thrown: unknown, request, response, next) => {
    const error = asAdminError(thrown);
    if (error.code === 'ERR_ADMIN_INTERNAL' || error.code === 'ERR_ADMIN_AUTHORIZE')
      tell(onError, error.cause);
    // Too late for an answer: the connection is closed by Express.
    if (response.headersSent) {
      next(thrown);
      return;
    }
    const opened = isPage(request);
    if (opened && error.code === 'ERR_ADMIN_NOBODY' && signInUrl !== undefined) {
      response.redirect(302, signInUrl);
      return;
    }
    const { code, message, hint, status, retryAfter } = error;
    if (retryAfter !== undefined) response.set('Retry-After', String(retryAfter));
    response.status(status).set('Cache-Control', 'no-store');
    if (opened) response.type('html').send(errorPage(error));
    else response.json({ error: { code, message, hint } });
  };
}

function asAdminError(thrown: unknown): AdminError {
  if (thrown instanceof AdminError) return thrown;
  const { status } = (thrown ?? {}) as { status?: unknown };
  // From Express: a path that can't be decoded, a body that is too large or no JSON.
  if (status === 400 || status === 403 || status === 404)
    return badParameter('the path and the body', 'well-formed');
  if (status === 413) return badParameter('the body', 'at most 16 KiB');
  if (status === 415) return badParameter('the body', 'JSON in UTF-8');
  return new AdminError(
    'ERR_ADMIN_INTERNAL',
    'Something went wrong inside the monitoring page.',
    'The log of the application says more, where it has an `onError`.',
    { cause: thrown },
  );
}

const isPage = (request: Request) =>
  request.path === '/' && request.method === 'GET' && Boolean(request.accepts('html'));

function tell(onError: (error: unknown) => void, error: unknown): void {
  try {
    onError(error);
  } catch {
    // A broken log must not break the answer.
  }
}
