import { once } from 'node:events';
import { createServer } from 'node:net';
import { failed, ok, skipped } from './row.mjs';

/** What is published on loopback can be, or is by us. */
export async function checkPort({ env, compose, known }) {
  if (/^(tcp|ssh):/.test(env.DOCKER_HOST ?? ''))
    return [skipped('port', 'the engine is on another machine')];
  const port = Number(env.BELLWETHER_PORT || 3000);
  const own = known.compose && known.engine ? await compose('port', 'shop', '3000') : {};
  if (own.text?.endsWith(`:${port}`)) return [ok('port', `${port}, ours already`)];
  const problem = await takenBy(port);
  return problem === undefined
    ? [ok('port', `127.0.0.1:${port} is free`)]
    : [
        failed(
          'port',
          `127.0.0.1:${port} can not be published: ${problem}`,
          'End what listens there (ss -ltnp shows it), or set BELLWETHER_PORT in .env.',
        ),
      ];
}

async function takenBy(port) {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return undefined;
  } catch ({ code }) {
    return code === 'EADDRINUSE' ? 'another program listens there' : code;
  } finally {
    server.close();
  }
}
