import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { HttpProblem, notFound } from './http-problem.ts';

export const answerNotFound: RequestHandler = (request) => {
  throw notFound(`${request.method} ${request.path}`);
};

/** What is counted of an error: `type` is a class or code, never a message. */
export type CountError = (error: {
  readonly type: string;
  readonly component: 'http';
  readonly severity: 'low' | 'high';
}) => void;

/** Tells the client. The status is set. */
export type TellProblem = (problem: HttpProblem, request: Request, response: Response) => void;

const tellAsJson: TellProblem = ({ status, code, message, details }, _request, response) => {
  if (status === 401) response.set('WWW-Authenticate', 'Bearer realm="shop"');
  response.json({ error: { code, message, ...details } });
};

/** Turns whatever was thrown into an answer, JSON unless told otherwise, counts it, and logs what is our own fault. */
export function answerErrors(
  log: Logger,
  countError: CountError,
  tell: TellProblem = tellAsJson,
): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const problem = problemOf(error);
    const type =
      problem.status < 500 || error instanceof HttpProblem ? problem.code : errorType(error);
    const severity = problem.status >= 500 ? 'high' : 'low';
    countError({ type, component: 'http', severity });
    if (severity === 'high') {
      // A problem of our own making is meant, and its stack would say nothing.
      if (error instanceof HttpProblem) log.warn({ path: request.path }, problem.message);
      else log.error({ err: error, path: request.path }, problem.message);
    }
    if (response.headersSent) {
      next(error);
      return;
    }
    tell(problem, request, response.status(problem.status));
  };
}

function problemOf(error: unknown): HttpProblem {
  if (error instanceof HttpProblem) return error;
  // The router's own, of a path such as /products/%ff.
  if (error instanceof URIError) {
    return new HttpProblem(
      400,
      'broken_path',
      'Expected the path to be percent-encoded UTF-8, got another; encode it by encodeURIComponent',
    );
  }
  return internal(error);
}

function internal(error: unknown): HttpProblem {
  return isUnavailable(error)
    ? new HttpProblem(503, 'unavailable', 'Expected the database to answer, got none; try again')
    : new HttpProblem(500, 'internal', 'Something failed on our side; it has been recorded');
}

function isUnavailable(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (typeof code === 'string') {
    if (/^(P10\d\d|P2024|P2028|ECONN|EPIPE|ETIMEDOUT|57P0)/.test(code)) return true;
  }
  // A raw query has a code of its own, and the reason in the cause; a server that stops or starts says so by an SQLSTATE.
  const { kind, originalCode } = driverCause(error);
  if (/^(ConnectionClosed|DatabaseNotReachable|SocketTimeout)$/.test(`${kind}`)) return true;
  if (/^57P0/.test(`${originalCode}`)) return true;
  // What pg says when its connection breaks, or none is free in time, has no code.
  const broken = /^(Connection terminated|timeout exceeded|Client has encountered a connection)/;
  return typeof message === 'string' && broken.test(message);
}

interface DriverError {
  readonly cause?: { readonly kind?: unknown; readonly originalCode?: unknown } | null;
}

function driverCause(error: unknown): NonNullable<DriverError['cause']> {
  const { cause, meta } = (error ?? {}) as DriverError & {
    readonly meta?: { readonly driverAdapterError?: DriverError | null } | null;
  };
  return meta?.driverAdapterError?.cause ?? cause ?? {};
}

/** The class of an error, never its message: few values, and nothing private. */
function errorType(error: unknown): string {
  if (!(error instanceof Error)) return 'not_an_error';
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? `${error.name}.${code}` : error.name;
}
