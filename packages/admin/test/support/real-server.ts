import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ensureServer, type ServerName } from '@bellwether/cli';
import { onFreePort, pollUntil } from '@bellwether/testkit';

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
  return onFreePort((port) => startAt(port, { name, file, args: args(port), ready }));
}

interface Start {
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly ready: string;
}

async function startAt(port: number, { name, file, args, ready }: Start): Promise<RealServer> {
  const process = spawn(file, [...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  process.stderr.on('data', (data) => {
    log = (log + data).slice(-10_000);
  });
  const exited = once(process, 'close');
  const stop = async () => {
    process.kill('SIGKILL');
    await exited;
  };
  const url = `http://127.0.0.1:${port}`;
  try {
    // An answer on the port may be that of another server, while this one ends for want of it.
    await pollUntil(async () => process.exitCode !== null || (await fetch(url + ready)).ok, {
      message: name,
      timeoutMs: 90_000,
    });
    if (process.exitCode !== null) throw new Error(`${name} ended with ${process.exitCode}`);
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
