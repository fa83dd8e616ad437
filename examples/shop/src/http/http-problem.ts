import type { z } from 'zod';

/** What a client is told. The message says what was expected; it never quotes a secret. */
export class HttpProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    status: number,
    code: string,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = 'HttpProblem';
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

export const notFound = (what: string) =>
  new HttpProblem(404, 'not_found', `Expected ${what} to exist, got none`);

export const conflict = (code: string, message: string) => new HttpProblem(409, code, message);

export const unauthorized = (code: string, message: string) => new HttpProblem(401, code, message);

export const unprocessable = (what: string, error: z.ZodError) =>
  new HttpProblem(422, 'invalid', `Expected ${what} to be valid, got ${issuesOf(error)}`, {
    issues: error.issues.map(({ path, code, message }) => ({ path, code, message })),
  });

function issuesOf(error: z.ZodError): string {
  return error.issues
    .map(({ path, message }) => `${path.join('.') || 'the whole'}: ${message}`)
    .join('; ');
}
