import { Command } from 'commander';
import type { Context } from '../context.ts';
import { type GuardOptions, runGuard } from '../guard/run-guard.ts';
import { spanMs } from './backup-options.ts';

/** `bellwether guard`: what stands in front of a Prometheus whose admin API is on. */
export function guardCommand(context: Context): Command {
  return new Command('guard')
    .description('Stand in front of Prometheus and let only those with a token to its admin API')
    .requiredOption('--listen <host:port>', 'where questions come in')
    .requiredOption('--upstream <url>', 'Prometheus, where nobody else reaches it')
    .requiredOption('--token-file <file>', 'the token of the admin API')
    .option('--give-up <time>', 'end when nothing has listened there for so long, as 30s')
    .addHelpText('after', HELP)
    .action(({ giveUp, ...options }: GuardOptions & { readonly giveUp?: string }) =>
      runGuard(
        {
          ...options,
          ...(giveUp !== undefined && { giveUpMs: spanMs('--give-up', giveUp) }),
        },
        context,
      ),
    );
}

const HELP = `
/api/v1/admin needs "Authorization: Bearer <token>"; everything else goes through. Let Prometheus listen where only the guard reaches it, as on
127.0.0.1 of the same network namespace, or give it basic_auth_users: the guard is its user admin, with the token as password. A container that joins
another's network stays in the old one when the other is started again: --give-up, with a restart policy, brings it into the new one.`;
