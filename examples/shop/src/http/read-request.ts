import express, { type Request, type Response } from 'express';
import { z } from 'zod';
import { HttpProblem, notFound, unprocessable } from './http-problem.ts';

const parseJson = express.json({ limit: '100kb', type: () => true });

/**
 * The body of a request, checked against a schema. 400 for what is no JSON, 413 above 100 kB, 422 with the issues for JSON of
 * another shape. Parsing here, and not for every route at once, lets the answer name the fields that were expected.
 */
export async function readBody<T extends z.ZodRawShape>(
  request: Request,
  response: Response,
  schema: z.ZodObject<T>,
): Promise<z.infer<z.ZodObject<T>>> {
  const expected = `a JSON object with ${Object.keys(schema.shape).join(', ')}`;
  await new Promise<void>((resolve, reject) => {
    parseJson(request, response, (error?: unknown) => {
      if (error === undefined) resolve();
      else reject(bodyProblem(error, expected));
    });
  });
  if (request.body === undefined) {
    throw new HttpProblem(400, 'broken_json', `Expected the body to be ${expected}, got nothing`);
  }
  const parsed = schema.safeParse(request.body);
  if (!parsed.success) throw unprocessable('the body', parsed.error);
  return parsed.data;
}

/** The parser's own message quotes the body, which may hold a password: only its position is passed on. */
function bodyProblem(error: unknown, expected: string): HttpProblem {
  const { type, message = '' } = error as { type?: string; message?: string };
  if (type === 'entity.too.large') {
    return new HttpProblem(413, 'too_large', 'Expected the body to be at most 100 kB, got more');
  }
  if (type === 'entity.parse.failed') {
    const position = /position \d+/.exec(message)?.[0];
    const at = position === undefined ? '' : ` at ${position}`;
    return new HttpProblem(
      400,
      'broken_json',
      `Expected the body to be ${expected}, got broken JSON${at}`,
    );
  }
  return new HttpProblem(
    400,
    'unreadable_body',
    `Expected the body to be ${expected}, got one that cannot be read; send it whole, in UTF-8, uncompressed or by gzip`,
  );
}

/** The query string, checked. 422 with the issues. */
export function readQuery<T extends z.ZodRawShape>(
  request: Request,
  schema: z.ZodObject<T>,
): z.infer<z.ZodObject<T>> {
  const parsed = schema.safeParse(request.query);
  if (!parsed.success) throw unprocessable('the query', parsed.error);
  return parsed.data;
}

/** A path parameter that is an id. What has not the shape of an id cannot exist: 404. */
export function readId(request: Request, what: string): string {
  const parsed = z.uuid().safeParse(request.params.id);
  if (!parsed.success) throw notFound(what);
  return parsed.data;
}
