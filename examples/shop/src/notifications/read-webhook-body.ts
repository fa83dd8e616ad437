import express, { type Request, type Response } from 'express';
import { HttpProblem } from '../http/http-problem.ts';

/** Reads JSON of at most `limitBytes`. Undefined when there is no body at all. */
export function webhookBodyReader(
  limitBytes: number,
): (request: Request, response: Response) => Promise<unknown> {
  const parseJson = express.json({ limit: limitBytes, type: () => true });
  return async (request, response) => {
    if (request.get('content-length') === '0') return undefined;
    await new Promise<void>((resolve, reject) => {
      parseJson(request, response, (error?: unknown) => {
        if (error === undefined) resolve();
        else reject(problemOf(error, limitBytes));
      });
    });
    return request.body;
  };
}

function problemOf(error: unknown, limitBytes: number): HttpProblem {
  const { type, message = '' } = error as { type?: string; message?: string };
  if (type === 'entity.too.large') {
    return new HttpProblem(
      413,
      'too_large',
      `Expected the body to be at most ${limitBytes} bytes, got more; set max_alerts in the webhook_config of Alertmanager, or raise NOTIFICATIONS_BODY_LIMIT_BYTES`,
    );
  }
  if (type === 'entity.parse.failed') {
    const position = /position \d+/.exec(message)?.[0];
    const at = position === undefined ? '' : ` at ${position}`;
    const got = /end of JSON|Unterminated/.test(message)
      ? `one that ends too early${at}; look for a proxy that cuts bodies`
      : `broken JSON${at}; send it by a webhook_config of Alertmanager`;
    return new HttpProblem(
      400,
      'broken_json',
      `Expected the body to be a whole JSON object, got ${got}`,
    );
  }
  return new HttpProblem(
    400,
    'unreadable_body',
    'Expected the body to be JSON in UTF-8, whole, uncompressed or by gzip, got one that cannot be read',
  );
}
