import { once } from 'node:events';
import { createServer } from 'node:net';
import { failed, ok, skipped } from './row.mjs';

/** The variable that moves what a service publishes. */
const variables = {
  shop: 'BELLWETHER_PORT',
  gateway: 'BELLWETHER_GATEWAY_PORT',
  chat: 'BELLWETHER_CHAT_PORT',
  mailpit: 'BELLWETHER_MAIL_PORT',
};

/** Each port that is published on loopback can be, or is by us. */
export async function checkPort({ env, compose, known }) {
  if (/^(tcp|ssh):/.test(env.DOCKER_HOST ?? ''))
    return [skipped('port', 'the engine is on another machine')];
  const config = known.compose ? await compose('config', '--format', 'json') : {};
  const rows = [];
  for (const { service, target, port } of publishedBy(config, env)) {
    const own = known.compose && known.engine ? await compose('port', service, String(target)) : {};
    rows.push(
      own.text?.endsWith(`:${port}`)
        ? ok('port', `${port}, ours already`)
        : await free(service, port),
    );
  }
  return rows;
}

/** Of the shop alone, where Compose does not say what else there is. */
function publishedBy({ text }, { BELLWETHER_PORT }) {
  const { services = {} } = text === undefined ? {} : JSON.parse(text);
  const all = Object.entries(services).flatMap(([service, { ports = [] }]) =>
    ports.map(({ target, published }) => ({ service, target, port: Number(published) })),
  );
  return all.length > 0
    ? all
    : [{ service: 'shop', target: 3000, port: Number(BELLWETHER_PORT || 3000) }];
}

async function free(service, port) {
  const problem = await takenBy(port);
  if (problem === undefined) return ok('port', `127.0.0.1:${port} is free`);
  const elsewhere =
    variables[service] === undefined ? '' : `, or set ${variables[service]} in .env`;
  return failed(
    'port',
    `127.0.0.1:${port} can not be published: ${problem}`,
    `End what listens there (ss -ltnp shows it)${elsewhere}.`,
  );
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
