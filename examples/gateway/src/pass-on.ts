import { ServiceProblem } from '@bellwether/example-service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { meters } from './meters.ts';

/** Milliseconds. */
const patience = 30_000;

/** Where requests go. */
export interface Upstream {
  readonly name: 'auth' | 'storefront' | 'users';
  readonly origin: string;
  /** What the request is sent with, beside what it says of its body. */
  readonly headers: (request: FastifyRequest) => Readonly<Record<string, string | undefined>>;
}

/** What of an answer is for the client. How the upstream is made is not. */
const answered = ['content-type', 'retry-after'] as const;

/**
 * Sends the request on, and its answer back. Of the client's headers only those go along that are named here or by the upstream: a
 * header is a claim. What names the trace and the tenant to our own services is the SDK's to send.
 */
export function passOn({ name, origin, headers }: Upstream) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const url = addressOf(origin, request.url);
    const began = performance.now();
    const took = (outcome: 'answered' | 'failed' | 'unreachable') =>
      meters.upstreamDuration.record((performance.now() - began) / 1_000, {
        upstream: name,
        outcome,
      });
    let response: Response;
    let body: Buffer;
    try {
      response = await fetch(url, {
        method: request.method,
        redirect: 'manual',
        headers: present({
          accept: request.headers.accept,
          'content-type': request.headers['content-type'],
          ...headers(request),
        }),
        ...(Buffer.isBuffer(request.body) && { body: new Uint8Array(request.body) }),
        signal: AbortSignal.timeout(patience),
      });
      body = Buffer.from(await response.arrayBuffer());
    } catch {
      took('unreachable');
      throw new ServiceProblem(502, 'unreachable', `Expected ${name} to answer, got nothing`);
    }
    took(response.status >= 500 ? 'failed' : 'answered');
    for (const header of answered) {
      const value = response.headers.get(header);
      if (value !== null) reply.header(header, value);
    }
    return reply.code(response.status).send(body);
  };
}

/**
 * The router has let a path through as it stands there. Whoever makes an address of it walks back at `..`, `%2e%2e` and after a backslash,
 * which would lead to what the internet does not have: such a path is no path of ours.
 */
function addressOf(origin: string, pathAndQuery: string): URL {
  const [path = ''] = pathAndQuery.split('?', 1);
  const url = new URL(`${origin}${pathAndQuery}`);
  if (url.pathname === path) return url;
  throw new ServiceProblem(
    400,
    'path_invalid',
    'Expected a path without "..", backslashes and what must be percent-encoded, got another',
  );
}

function present(headers: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const given = Object.entries(headers).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as Record<string, string>;
}
