import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { CliError } from '../cli-error.ts';
import type { Context } from '../context.ts';
import { prometheusGuard } from '../guard/prometheus-guard.ts';

interface GuardFlags {
  readonly listen: string;
  readonly upstream: string;
  readonly tokenFile: string;
}

/** `bellwether guard`: what stands in front of a Prometheus whose admin API is on. */
export function guardCommand(context: Context): Command {
  return new Command('guard')
    .description('Stand in front of Prometheus and let only those with a token to its admin API')
    .requiredOption('--listen <host:port>', 'where questions come in')
    .requiredOption('--upstream <url>', 'Prometheus, where nobody else reaches it')
    .requiredOption('--token-file <file>', 'the token of the admin API')
    .addHelpText('after', HELP)
    .action(async ({ listen, upstream, tokenFile }: GuardFlags) => {
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
    });
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

const HELP = `
/api/v1/admin needs "Authorization: Bearer <token>"; everything else goes through. Let Prometheus listen where only the guard reaches it, as on
127.0.0.1 of the same network namespace, or give it basic_auth_users: the guard is its user admin, with the token as password.`;
