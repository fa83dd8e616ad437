import express, { type Request, type Response } from 'express';
import type { z } from 'zod';
import { HttpProblem, unprocessable } from './http-problem.ts';

const parseForm = express.urlencoded({ extended: false, limit: '10kb', parameterLimit: 20 });

/** The fields of a submitted form, checked against a schema. 413 above 10 kB, 400 for what is no form, 422 for another shape. */
export async function readForm<T extends z.ZodRawShape>(
  request: Request,
  response: Response,
  schema: z.ZodObject<T>,
): Promise<z.infer<z.ZodObject<T>>> {
  await new Promise<void>((resolve, reject) => {
    parseForm(request, response, (error?: unknown) => {
      if (error === undefined) resolve();
      else reject(formProblem(error));
    });
  });
  const parsed = schema.safeParse(request.body ?? {});
  if (!parsed.success) throw unprocessable('the form', parsed.error);
  return parsed.data;
}

/** The parser's own message may quote the body, which holds a password. */
function formProblem(error: unknown): HttpProblem {
  const { type } = error as { readonly type?: unknown };
  return type === 'entity.too.large' || type === 'parameters.too.many'
    ? new HttpProblem(413, 'too_large', 'Expected a form of at most 10 kB and 20 fields, got more')
    : new HttpProblem(400, 'unreadable_form', 'Expected a form that can be read, got another');
}
