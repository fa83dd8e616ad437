import { createHash, timingSafeEqual } from 'node:crypto';
import {
  Agent,
  createServer,
  type IncomingMessage,
  request as newRequest,
  type Server,
  type ServerResponse,
} from 'node:http';

export interface GuardSettings {
  /** Origin of the Prometheus behind it. */
  readonly upstream: URL;
  /** What a request to the admin API must bring as `Authorization: Bearer`. */
  readonly token: string;
}

/** https://datatracker.ietf.org/doc/html/rfc9110#field.connection */
const HOP_BY_HOP = ['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'upgrade'];

/**
 * Stands in front of a Prometheus whose admin API is on: `/api/v1/admin/...` needs the token, all else goes through as it is. To Prometheus
 * every request is that of its user `admin` with the token as password, so that one that goes around the guard is refused by Prometheus itself, where
 * that is configured (`basic_auth_users`).
 */
export function prometheusGuard({ upstream, token }: GuardSettings): Server {
  const agent = new Agent({ keepAlive: true });
  const authorization = `Basic ${Buffer.from(`admin:${token}`).toString('base64')}`;
  const expected = digest(`Bearer ${token}`);
  const server = createServer((request, response) => {
    const given = request.headers.authorization ?? '';
    const path = plainPath(request.url ?? '/');
    if (path === undefined) return refuse(request, response, 400, 'Expected a path, got none');
    if (isAdmin(path) && !timingSafeEqual(digest(given), expected)) {
      return refuse(request, response, 401, 'The admin API needs a token');
    }
    forward(request, response, { upstream, agent, authorization });
  });
  server.on('close', () => agent.destroy());
  // Prometheus itself ends what takes too long.
  server.requestTimeout = 0;
  return server;
}

/** Decoded once, as Prometheus does, without empty segments and dots; `undefined` for what is no path. */
function plainPath(url: string): string | undefined {
  try {
    const { pathname } = new URL(url.replace(/^\/+/, '/'), 'http://guard');
    return decodeURIComponent(pathname)
      .split('/')
      .filter((part) => part !== '' && part !== '.')
      .join('/');
  } catch {
    return undefined;
  }
}

/** Wherever a route prefix puts it, in whatever case: too much is asked for the token rather than too little. */
const isAdmin = (path: string) => /(^|\/)api\/v\d+\/admin(\/|$)/i.test(path) || path.includes('..');

interface Upstream {
  readonly upstream: URL;
  readonly agent: Agent;
  readonly authorization: string;
}

function forward(
  request: IncomingMessage,
  response: ServerResponse,
  { upstream, agent, authorization }: Upstream,
): void {
  const headers = without(HOP_BY_HOP, request.headers);
  const onward = newRequest(
    {
      ...{ protocol: upstream.protocol, hostname: upstream.hostname, port: upstream.port },
      ...{ agent, method: request.method, path: request.url },
      headers: { ...headers, authorization },
    },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, without(HOP_BY_HOP, answer.headers));
      answer.pipe(response);
      answer.on('error', () => response.destroy());
    },
  );
  onward.on('error', (error) => {
    if (response.headersSent) response.destroy();
    else refuse(request, response, 502, `Prometheus does not answer: ${error.message}`);
  });
  response.on('close', () => onward.destroy());
  request.pipe(onward);
}

function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  why: string,
): void {
  request.resume();
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ status: 'error', errorType: 'guard', error: why }));
}

function without(names: readonly string[], headers: IncomingMessage['headers']) {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));
}

/** Of equal length, whatever was sent. */
const digest = (text: string) => createHash('sha256').update(text).digest();
