import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { promisify } from 'node:util';
import { CliError } from '../../cli-error.ts';
import type { Context } from '../../context.ts';
import { findOnPath, isExecutable } from '../../servers/find-on-path.ts';
import type { Service } from '../service.ts';

const run = promisify(execFile);

export const redis: Service = {
  name: 'redis',
  needs: [],
  program: findRedis,
  command: ({ program, folder, port }) => ({
    file: program,
    args: [
      ...['--bind', '127.0.0.1', '--port', String(port('redis')), '--dir', folder],
      ...['--daemonize', 'no', '--save', '60 1', '--protected-mode', 'yes'],
    ],
  }),
  async ready({ port }) {
    const socket = connect({ host: '127.0.0.1', port: port('redis'), timeout: 1_000 });
    try {
      socket.on('timeout', () => socket.destroy(new Error('no answer to PING within 1 s')));
      socket.write('PING\r\n');
      const [answer] = await once(socket, 'data');
      if (!String(answer).startsWith('+PONG')) throw new Error(`PING answered ${answer}`);
    } finally {
      socket.destroy();
    }
  },
};

/** BELLWETHER_REDIS, else valkey-server or redis-server on PATH, else Debian's package when we may install it. */
export async function findRedis(context: Context, say: (text: string) => void): Promise<string> {
  const named = context.env.BELLWETHER_REDIS;
  if (named !== undefined && named !== '') {
    if (isExecutable(named)) return named;
    throw new CliError(
      'ERR_SERVER_BINARY',
      `Expected BELLWETHER_REDIS to be the path of a program, got ${named}; correct it, or unset it.`,
    );
  }
  const find = () => findOnPath(['valkey-server', 'redis-server'], context);
  const found = find();
  if (found !== undefined) return found;
  if (context.uid === 0 && findOnPath(['apt-get'], context) !== undefined) {
    say('installing redis-server by apt-get');
    await installByApt(context);
  }
  const installed = find();
  if (installed !== undefined) return installed;
  throw new CliError(
    'ERR_REDIS_MISSING',
    'Expected valkey-server or redis-server on PATH, got neither; install one (Debian: apt-get install redis-server, ' +
      'macOS: brew install redis), or name one by BELLWETHER_REDIS.',
  );
}

async function installByApt({ env }: Context): Promise<void> {
  // RUNLEVEL=1: the package does not start a server of its own on the standard port.
  const options = { env: { ...env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' } };
  try {
    await run('apt-get', ['update', '-q'], options);
    await run('apt-get', ['install', '-qy', '--no-install-recommends', 'redis-server'], options);
  } catch (error) {
    const { stderr = '' } = error as { stderr?: string };
    throw new CliError(
      'ERR_REDIS_MISSING',
      `Expected apt-get to install redis-server, got an error; install Redis or Valkey by hand. It said:\n${stderr.trim().split('\n').slice(-6).join('\n')}`,
      { cause: error },
    );
  }
}
