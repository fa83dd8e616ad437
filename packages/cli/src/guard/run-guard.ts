import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { CliError } from '../cli-error.ts';
import type { Context } from '../context.ts';
import { prometheusGuard } from './prometheus-guard.ts';

export interface GuardOptions {
  /** `host:port` */
  readonly listen: string;
  /** Origin of Prometheus. */
  readonly upstream: string;
  readonly tokenFile: string;
}

/** Runs the guard until it is told to stop. Throws ERR_OPTION and ERR_PORT_IN_USE. */
export async function runGuard(
  { listen, upstream, tokenFile }: GuardOptions,
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
  await stopped;
  server.close();
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), 2_000).unref();
  await once(server, 'close');
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
