import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ensureServer, type ServerName } from '@bellwether/cli';
import { freePort, pollUntil } from '@bellwether/testkit';

/** A server of the stack, started for a test. */
export interface RealServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts a server that listens on a free port and waits until `ready`, a path, answers. */
export async function startServer(
  name: ServerName,
  args: (port: number) => readonly string[],
  ready: string,
): Promise<RealServer> {
  const { file } = await ensureServer(name);
  const port = await freePort();
  const process = spawn(file, [...args(port)], { stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  process.stderr.on('data', (data) => {
    log = (log + data).slice(-10_000);
  });
  const exited = once(process, 'exit');
  const stop = async () => {
    process.kill('SIGKILL');
    await exited;
  };
  const url = `http://127.0.0.1:${port}`;
  try {
    await pollUntil(async () => (await fetch(url + ready)).ok, {
      message: name,
      timeoutMs: 90_000,
    });
  } catch (error) {
    await stop();
    throw new Error(log, { cause: error });
  }
  return { url, stop };
}

/** As the native stack starts it. */
export const startLabelProxy = (prometheus: string): Promise<RealServer> =>
  startServer(
    'prom-label-proxy',
    (port) => [
      `-insecure-listen-address=127.0.0.1:${port}`,
      `-upstream=${prometheus}`,
      '-header-name=X-Tenant',
      '-label=tenant_id',
      '-enable-label-apis',
      '-error-on-replace',
    ],
    '/healthz',
  );
