import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { CliError } from '../cli-error.ts';
import type { Context } from '../context.ts';
import { prometheusGuard } from './prometheus-guard.ts';
import { upstreamGone } from './upstream-gone.ts';

export interface GuardOptions {
  /** `host:port` */
  readonly listen: string;
  /** Origin of Prometheus. */
  readonly upstream: string;
  readonly tokenFile: string;
  /** It ends when nothing has listened there for so long, in milliseconds. Default: it waits. */
  readonly giveUpMs?: number;
}

/** Runs the guard until it is told to stop. Throws ERR_OPTION, ERR_PORT_IN_USE, and ERR_PROMETHEUS_UNREACHABLE when it gives up. */
export async function runGuard(
  { listen, upstream, tokenFile, giveUpMs }: GuardOptions,
  context: Context,
): Promise<void> {
  const [, host = '', port = ''] = /^(.+):(\d{1,5})$/.exec(listen) ?? [];
  if (host === '' || Number(port) > 65_535) {
    throw new CliError('ERR_OPTION', `Expected --listen as 0.0.0.0:9090, got ${listen}.`);
  }
  if (!URL.canParse(upstream) || !/^http:/.test(upstream)) {
    throw new CliError(
      'ERR_OPTION',
      `Expected --upstream to be an address as http://127.0.0.1:9091, got ${upstream}.`,
    );
  }
  const token = tokenOf(resolve(context.cwd, tokenFile));
  const server = prometheusGuard({ upstream: new URL(upstream), token });
  const stopped = new Promise<void>((stop) => {
    context.onStopSignal(() => stop());
  });
  server.listen({ host, port: Number(port) });
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new CliError(
      'ERR_PORT_IN_USE',
      `Expected ${listen} to be free, got ${(error as Error).message}.`,
      { cause: error },
    );
  }
  context.err(`guard listens on ${listen}`);
  const stopping = new AbortController();
  const gone =
    giveUpMs === undefined
      ? new Promise<never>(() => {})
      : upstreamGone(new URL(upstream), giveUpMs, stopping.signal).then(() => 'gone' as const);
  const why = await Promise.race([stopped, gone]);
  stopping.abort();
  server.close();
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), 2_000).unref();
  await once(server, 'close');
  if (why === 'gone') {
    throw new CliError(
      'ERR_PROMETHEUS_UNREACHABLE',
      `Expected Prometheus to listen at ${upstream}, got nobody for ${Number(giveUpMs) / 1_000} s; the guard ends, to be started again in the network where Prometheus is now.`,
    );
  }
}

function tokenOf(file: string): string {
  let token: string;
  try {
    token = readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new CliError(
      'ERR_OPTION',
      `Expected --token-file to name a file that can be read, got ${(error as Error).message}.`,
    );
  }
  if (token.length >= 16) return token;
  throw new CliError(
    'ERR_OPTION',
    `Expected ${file} to hold a token of at least 16 characters, got ${token.length}.`,
  );
}
