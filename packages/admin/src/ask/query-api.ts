import { Router } from 'express';
import type { Settings } from '../monitoring-options.ts';
import { answerCache } from './answer-cache.ts';
import { readQuestion, type Scope } from './ask.ts';
import { askInstant, INSTANT, readInstant } from './instant.ts';
import type { PrometheusClient } from './prometheus-client.ts';
import { askRange, RANGE, readRange } from './range.ts';

/** `GET range/<query>` and `GET instant/<query>`: named questions, bounded, and asked once for all who want the same. */
export function queryApi(settings: Settings, prometheus: PrometheusClient): Router {
  const { cacheSeconds: seconds, cacheBytes: maxBytes } = settings.limits;
  const cache = answerCache<Buffer>({ seconds, maxBytes, sizeOf: ({ length }) => length });
  const router = Router({ caseSensitive: true });

  router.get('/range/:query', async (request, response) => {
    const { question, given } = readQuestion(request, settings, RANGE);
    const range = readRange(given, settings);
    const key = keyOf('range', question, range.from, range.to, range.step);
    const answer = await cache.get(key, async () =>
      bytesOf(await askRange(question, range, settings, prometheus)),
    );
    response.type('json').send(answer);
  });

  router.get('/instant/:query', async (request, response) => {
    const { question, given } = readQuestion(request, settings, INSTANT);
    const instant = readInstant(given, settings);
    const key = keyOf('instant', question, instant.time, instant.range);
    const answer = await cache.get(key, async () =>
      bytesOf(await askInstant(question, instant, settings, prometheus)),
    );
    response.type('json').send(answer);
  });
  return router;
}

/** Everything that an answer depends on, the tenant first: JSON, so that no value can look like two. */
const keyOf = (
  kind: string,
  { name, scope }: { readonly name: string; readonly scope: Scope },
  ...when: readonly (number | undefined)[]
): string =>
  JSON.stringify([
    scope.tenant ?? null,
    kind,
    name,
    scope.environment,
    scope.service,
    scope.route,
    ...when,
  ]);

const bytesOf = (answer: unknown): Buffer => Buffer.from(JSON.stringify(answer));
