import Fastify, { type FastifyError, type FastifyInstance, LogController } from 'fastify';
import type { CommonSettings } from './read-settings.ts';

/** Milliseconds. */
const patience = 1_000;

/**
 * A Fastify application that answers `GET /health`: 200 while every dependency answers within a second, else 503. What goes wrong in a
 * route is answered as `{ error: { code, message } }`; the words of an error of our own making stay in the log.
 */
export function createService(
  { LOG_LEVEL }: Pick<CommonSettings, 'LOG_LEVEL'>,
  dependencies: Readonly<Record<string, () => Promise<unknown>>> = {},
): FastifyInstance {
  const service = Fastify({
    logger: { level: LOG_LEVEL, base: null },
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: 'idle',
    bodyLimit: 102_400,
  });

  service.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) request.log.error({ err: error, path: request.url }, 'a request failed');
    const told =
      status >= 500 && error.name !== 'ServiceProblem'
        ? { code: 'internal', message: 'Something failed on our side; it has been recorded' }
        : { code: error.code ?? 'invalid', message: error.message };
    return reply.code(status).send({ error: told });
  });

  service.setNotFoundHandler((_request, reply) =>
    reply.code(404).send({
      error: { code: 'not_found', message: 'Expected a path that exists, got another' },
    }),
  );

  service.get('/health', async (_request, reply) => {
    const states = await Promise.all(
      Object.entries(dependencies).map(async ([name, question]) => ({
        name,
        status: await stateOf(question),
      })),
    );
    const up = states.every(({ status }) => status === 'up');
    return reply
      .code(up ? 200 : 503)
      .send({ status: up ? 'up' : 'degraded', dependencies: states });
  });

  return service;
}

function stateOf(question: () => Promise<unknown>): Promise<'up' | 'down'> {
  return new Promise((resolve) => {
    const late = setTimeout(() => resolve('down'), patience);
    question()
      .then(
        () => resolve('up'),
        () => resolve('down'),
      )
      .finally(() => clearTimeout(late));
  });
}
