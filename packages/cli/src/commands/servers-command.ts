import { Argument, Command } from 'commander';
import { CliError } from '../cli-error.ts';
import type { Context } from '../context.ts';
import { ensureDebianProgram } from '../servers/ensure-debian-program.ts';
import { ensureServer } from '../servers/ensure-server.ts';
import { SERVER_TABLE, type ServerName, type ServerRow } from '../servers/server-table.ts';
import { MYSQL_EXPORTER } from '../stack/services/mysql-exporter.ts';
import { POSTGRES_EXPORTER } from '../stack/services/postgres-exporter.ts';
import { findRedis } from '../stack/services/redis.ts';
import { REDIS_EXPORTER } from '../stack/services/redis-exporter.ts';

/** The stack runs without them. */
const OPTIONAL = [POSTGRES_EXPORTER, REDIS_EXPORTER, MYSQL_EXPORTER];

/** `bellwether servers`: has every server ready, or those named, so that nothing is built or installed later. */
export function serversCommand(context: Context): Command {
  return new Command('servers')
    .description('Find, or build once, every server and tool of the stack, and say where they are')
    .addArgument(
      new Argument('[names...]', 'only these').choices(SERVER_TABLE.map(({ name }) => name)),
    )
    .option('--json', 'print JSON on standard output', false)
    .addHelpText('after', HELP)
    .action(async (names: readonly string[], { json }: { json: boolean }) => {
      const found: { name: string; file: string; note: string }[] = [];
      const named = names.length > 0;
      const servers = (SERVER_TABLE as readonly ServerRow[]).filter((row) =>
        named ? names.includes(row.name) : row.onRequest !== true,
      );
      const steps = servers.length + (named ? 0 : 1 + OPTIONAL.length);
      const say = (name: string) => (text: string) =>
        context.err(`[${found.length + 1}/${steps}] ${name}: ${text}`);
      for (const { name } of servers) {
        const { file, note } = await ensureServer(name as ServerName, {
          context,
          onProgress: say(name),
        });
        found.push({ name, file, note });
      }
      if (!named) {
        const file = await findRedis(context, say('redis'));
        found.push({ name: 'redis', file, note: file });
        for (const program of OPTIONAL) {
          const { name } = program;
          try {
            const { file, note } = await ensureDebianProgram(program, { context, say: say(name) });
            found.push({ name, file, note });
          } catch (error) {
            if (!(error instanceof CliError) || error.code !== 'ERR_PACKAGE_MISSING') throw error;
            say(name)(`left out: ${error.message}`);
          }
        }
      }
      if (json) context.out(JSON.stringify(found, undefined, 2));
      else for (const { name, note } of found) context.out(`${name.padEnd(17)} ${note}`);
    });
}

const HELP = `
Each is taken from its variable (BELLWETHER_PROMETHEUS, BELLWETHER_OTELCOL, ...), from PATH where the version fits, from the
cache, or built from source with Go >= 1.26: about five minutes on two cores for all.
What the stack runs without is built only when it is named: docker-compose, helm, thanos.`;
