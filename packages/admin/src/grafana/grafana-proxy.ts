import { pipeline } from 'node:stream/promises';
import type { Request, RequestHandler, Response } from 'express';
import { isSameOrigin } from '../cross-site.ts';
import { identify } from '../identity.ts';
import { asProblem, grafanaClient } from './ask-grafana.ts';
import { headersToBrowser, headersToGrafana } from './forwarded-headers.ts';
import {
  type GrafanaProxyOptions,
  type GrafanaSettings,
  readGrafanaOptions,
} from './grafana-options.ts';
import { grafanaPath, localLocation } from './grafana-path.ts';
import { GrafanaProblem, tellProblem } from './grafana-problem.ts';
import { readWholeBody } from './read-whole-body.ts';
import { signGrafanaToken } from './sign-grafana-token.ts';

/**
 * Grafana on the origin of the app, for super admins alone, to stand before any body parser. Who somebody is, Grafana learns from a
 * token in `X-JWT-Assertion` that is signed here for each request; of the browser's own headers only harmless ones get through,
 * no cookie goes either way. What changes something must come from a page of this origin. WebSockets are refused: one would
 * outlive the session that it was opened with; dashboards ask again instead.
 *
 * Overload: one request more than `maxConcurrent` gets 503 and `Retry-After`; a slow Grafana 504. Throws a TypeError with ERR_GRAFANA_OPTION for
 * options that can't work.
 * @example
 * const key = readGrafanaKey('secrets/grafana-private-key.pem');
 * app.use('/grafana', grafanaProxy({ url: 'http://grafana:3000', key, authorize }));
 */
export function grafanaProxy(options: GrafanaProxyOptions): RequestHandler {
  const settings = readGrafanaOptions(options);
  const ask = grafanaClient(settings.upstream);
  let open = 0;

  async function pass(request: Request, response: Response, signal: AbortSignal): Promise<void> {
    await admit(request, settings);
    const path = grafanaPath(settings.path, request.url);
    const user = await superAdmin(request, settings);
    const body = await readWholeBody(request, settings.maxBodyBytes);
    const { key, role, issuer, audience, tokenSeconds: lifetime } = settings;
    const now = Math.floor(Date.now() / 1_000);
    const token = signGrafanaToken(key, { user, role, issuer, audience, lifetime, now });
    const answer = await ask({
      ...{ method: request.method, path, body, signal },
      headers: { ...headersToGrafana(request.headers), 'x-jwt-assertion': token },
    });
    const { location } = answer.headers;
    const headers = headersToBrowser(answer.headers);
    if (location !== undefined) headers.location = redirect(location, request, settings);
    response.writeHead(answer.statusCode ?? 502, headers);
    await pipeline(answer, response, { signal });
  }

  return (request, response) => {
    if (open >= settings.maxConcurrent) {
      tellProblem(
        response,
        new GrafanaProblem('ERR_GRAFANA_BUSY', 'Too many questions are open.', 'Try again.'),
      );
      return;
    }
    open += 1;
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const signal = AbortSignal.any([gone.signal, AbortSignal.timeout(settings.timeoutMs)]);
    const inTime = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    Promise.race([pass(request, response, signal), inTime])
      .catch((error: unknown) => tellProblem(response, asProblem(error, signal)))
      .finally(() => {
        open -= 1;
      });
  };
}

/** What is wrong with a request whoever sent it. */
async function admit(request: Request, { csrf }: GrafanaSettings): Promise<void> {
  if (request.headers.upgrade !== undefined) {
    throw new GrafanaProblem(
      'ERR_GRAFANA_UPGRADE',
      'WebSockets do not go through here.',
      'Set max_connections = 0 below [live] in grafana.ini: dashboards refresh without them.',
    );
  }
  if (/^(GET|HEAD|OPTIONS)$/.test(request.method)) return;
  if (!/^(POST|PUT|PATCH|DELETE)$/.test(request.method)) {
    throw new GrafanaProblem(
      'ERR_GRAFANA_METHOD',
      'This method does not go through here.',
      'None.',
    );
  }
  if (!isSameOrigin(request) || (csrf !== undefined && (await csrf(request)) !== true)) {
    throw new GrafanaProblem(
      'ERR_GRAFANA_CSRF',
      'This request did not come from a page of this site.',
      'Load the page again and repeat it there.',
    );
  }
}

async function superAdmin(request: Request, { authorize }: GrafanaSettings): Promise<string> {
  const identity = await identify(request, authorize, /^[\w.-]+$/).catch((cause: unknown) => {
    throw new GrafanaProblem(
      'ERR_GRAFANA_NOBODY',
      'You are not signed in.',
      'Sign in as a super admin.',
      cause,
    );
  });
  if (identity.role !== 'super-admin') {
    throw new GrafanaProblem(
      'ERR_GRAFANA_FORBIDDEN',
      'Only super admins may open Grafana: it knows no walls between tenants.',
      'The monitoring page has what belongs to your tenant.',
    );
  }
  return identity.user;
}

function redirect(location: string, request: Request, { upstream, path }: GrafanaSettings): string {
  const local = localLocation(location, { upstream, path, host: request.get('host') });
  if (local === undefined) {
    throw new GrafanaProblem(
      'ERR_GRAFANA_REDIRECT',
      'Grafana wanted to send you to another site.',
      'Compare root_url in grafana.ini with the address of this page.',
    );
  }
  return local;
}
