import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onFreePort } from './on-free-port.ts';
import { stopAtTestEnd } from './stop-at-test-end.ts';

export interface RedisServer {
  /** `redis://127.0.0.1:port`. */
  readonly url: string;
  readonly port: number;
  /** Kills it and removes its data. Idempotent. */
  stop(): Promise<void>;
}

/**
 * A real Redis (`valkey-server` or `redis-server` from PATH) on 127.0.0.1, a free port (unless told) and an empty folder, without
 * persistence. Stops at the end of the Vitest test that started it, and with this process.
 *
 * @example
 * const redis = await startRedis();
 * runProgram({ file, env: { REDIS_URL: redis.url } });
 */
export async function startRedis({
  port: wanted,
}: {
  /** To come back where one was stopped. Default: a free one. */
  readonly port?: number;
} = {}): Promise<RedisServer> {
  return wanted === undefined ? onFreePort(startAt) : startAt(wanted);
}

async function startAt(port: number): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), 'bellwether-redis-'));
  const server = await spawnFirst(
    ['valkey-server', 'redis-server'],
    [
      ...['--port', String(port), '--bind', '127.0.0.1', '--dir', folder],
      ...['--save', '', '--appendonly', 'no'],
    ],
  );
  const kill = () => server.kill('SIGKILL');
  process.on('exit', kill);
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= (async () => {
      const gone = new Promise((resolve) => server.once('close', resolve));
      if (kill()) await gone;
      process.off('exit', kill);
      await rm(folder, { recursive: true, force: true });
    })();
    return stopping;
  };
  stopAtTestEnd(stop);
  try {
    await ready(server);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `redis://127.0.0.1:${port}`, port, stop };
}

async function spawnFirst(commands: readonly string[], args: readonly string[]) {
  for (const command of commands) {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'] });
    const started = await new Promise<boolean>((resolve) => {
      child.once('spawn', () => resolve(true));
      child.once('error', () => resolve(false));
    });
    if (started) return child;
  }
  throw new Error(
    `Expected one of ${commands.join(', ')} to be on PATH; install Redis, on Debian: apt-get install redis-server.`,
  );
}

/** By its own log: an answer on the port could be that of another server, which was there before. */
function ready(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = '';
    server.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      if (log.length < 10_000) log += chunk;
      if (log.includes('Ready to accept connections')) resolve();
    });
    server.once('close', (code) => {
      reject(new Error(`Expected Redis to start, got exit code ${code}\n${log}`));
    });
  });
}
