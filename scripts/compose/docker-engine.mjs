import { execFile, spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const readySeconds = 180;
const networks = { bip: '172.30.0.1/24', pool: 'base=172.31.0.0/16,size=24' };

/**
 * A Docker engine of its own, with all its data in `folder`, for a process in namespaces of its own. `docker(...args)` and `compose(...args)` run their
 * program and give what it prints; a failure says what the program said.
 */
export async function startEngine(folder, composeProgram, cwd) {
  const socket = `unix://${join(folder, 'docker.sock')}`;
  const log = openSync(join(folder, 'dockerd.log'), 'a');
  const daemon = spawn(
    'dockerd',
    [
      ...['--data-root', join(folder, 'data'), '--exec-root', join(folder, 'exec')],
      ...['--pidfile', join(folder, 'dockerd.pid'), '-H', socket],
      ...['--bip', networks.bip, '--default-address-pool', networks.pool],
    ],
    { stdio: ['ignore', log, log] },
  );
  const ended = new Promise((resolve) => daemon.once('exit', resolve));
  const env = { ...process.env, DOCKER_HOST: socket };
  const call =
    (program) =>
    async (...args) => {
      try {
        const { stdout } = await run(program, args, { cwd, env, maxBuffer: 64 * 2 ** 20 });
        return stdout.trim();
      } catch (error) {
        const said = `${error.stdout ?? ''}${error.stderr ?? ''}`
          .trim()
          .split('\n')
          .slice(-15)
          .join('\n');
        const logs = await logsOf(/^container (\S+) (?:is unhealthy|exited)/m.exec(said)?.[1]);
        throw new Error(`${program} ${args.join(' ')} failed:\n${said || error.message}\n${logs}`, {
          cause: error,
        });
      }
    };
  const docker = call('docker');
  /** What a container has said last, where it is one. */
  async function logsOf(container) {
    if (container === undefined) return '';
    const { stdout, stderr } = await run('docker', ['logs', '--tail', '20', container], { env });
    return `${stdout}${stderr}`;
  }
  const until = Date.now() + readySeconds * 1000;
  for (;;) {
    try {
      await docker('info');
      break;
    } catch (error) {
      if (daemon.exitCode !== null || Date.now() > until)
        throw new Error(
          `Expected the Docker engine to be ready within ${readySeconds} s; see ${join(folder, 'dockerd.log')}`,
          { cause: error },
        );
      await wait(200);
    }
  }
  return {
    socket,
    docker,
    compose: call(composeProgram),
    stop: async () => {
      daemon.kill('SIGTERM');
      await ended;
    },
  };
}
