import { Command } from 'commander';
import { CliError } from '../cli-error.ts';
import type { Context } from '../context.ts';
import { SERVICE_NAMES } from '../stack/service-names.ts';
import { stackStatus } from '../stack/stack-status.ts';
import { stopStack } from '../stack/stop-stack.ts';
import { renderStatus } from './render-status.ts';
import { stackLogs } from './stack-logs.ts';
import {
  DEFAULT_DATA_FOLDER,
  dataFolder,
  parsePorts,
  parseService,
  parseServices,
} from './stack-options.ts';
import { stackUp } from './stack-up.ts';

const STATUS_CODES = { running: 0, degraded: 1, stopped: 3 } as const;

/** `bellwether stack up | down | status | logs`. */
export function stackCommand(context: Context): Command {
  const stack = new Command('stack').description(
    'Run PostgreSQL, Redis, the Collector, Prometheus, Alertmanager and their helpers on this machine, without containers',
  );
  const command = (name: string, description: string) =>
    stack
      .command(name)
      .description(description)
      .option('--data <folder>', `the data folder (default: ${DEFAULT_DATA_FOLDER})`)
      .option('--json', 'print JSON on standard output', false);

  command('up', 'Start the stack; it runs until Ctrl-C')
    .option('--detach', 'return when it is ready and let it run', false)
    .option('--ports <ports>', '`standard`, or name=port,... (default: free ports)')
    .option('--services <names>', `only these, of ${SERVICE_NAMES.join(', ')}`)
    .option(
      '--rules <folder>',
      'folder of the rule files that Prometheus evaluates (default: the committed ones)',
    )
    .option('--backups', 'let `bellwether backup` ask Prometheus for snapshots', false)
    .addHelpText('after', UP_HELP)
    .action(async (options: UpFlags) => {
      const code = await stackUp(context, {
        dataDir: dataFolder(options.data, context),
        ports: options.ports === undefined ? {} : parsePorts(options.ports),
        services: parseServices(options.services),
        ...(options.rules !== undefined && { rulesFolder: options.rules }),
        backups: options.backups,
        detach: options.detach,
        json: options.json,
      });
      context.setExitCode(code);
    });

  command('down', 'Stop the stack')
    .option('--volumes', 'remove the data folder with everything in it', false)
    .action(async ({ data, json, volumes }: CommonFlags & { volumes: boolean }) => {
      const dataDir = dataFolder(data, context);
      const { wasRunning } = await stopStack(dataDir, { volumes });
      const said = `${wasRunning ? 'stopped' : 'no stack was running'}${volumes ? `; removed ${dataDir}` : ''}`;
      context.out(json ? JSON.stringify({ dataDir, wasRunning, removed: volumes }) : said);
    });

  command('status', 'Show what runs and where')
    .addHelpText(
      'after',
      '\nExit code: 0 running, 1 degraded (a server ended or is not ready), 3 stopped',
    )
    .action(({ data, json }: CommonFlags) => {
      const status = stackStatus(dataFolder(data, context));
      context.out(json ? JSON.stringify(status, undefined, 2) : renderStatus(status));
      context.setExitCode(STATUS_CODES[status.state]);
    });

  command('logs', 'Print the logs')
    .argument('[service]', 'one service, or `supervisor` (default: all services)')
    .option('--lines <n>', 'how many lines from the end', '100')
    .option('-f, --follow', 'print what comes, until Ctrl-C', false)
    .action(async (service: string | undefined, options: LogsFlags) => {
      const name =
        service === undefined || service === 'supervisor' ? service : parseService(service);
      const code = await stackLogs(context, {
        dataDir: dataFolder(options.data, context),
        ...(name !== undefined && { name }),
        lines: parseLines(options.lines),
        follow: options.follow,
        json: options.json,
      });
      context.setExitCode(code);
    });
  return stack;
}

interface CommonFlags {
  readonly data?: string;
  readonly json: boolean;
}
interface UpFlags extends CommonFlags {
  readonly detach: boolean;
  readonly ports?: string;
  readonly services?: string;
  readonly rules?: string;
  readonly backups: boolean;
}
interface LogsFlags extends CommonFlags {
  readonly lines: string;
  readonly follow: boolean;
}

const UP_HELP = `
Servers that are neither on PATH nor named by a variable (BELLWETHER_PROMETHEUS, BELLWETHER_OTELCOL, ...) are built from
source once, which takes minutes and Go >= 1.26.
Exit code: 0 stopped by Ctrl-C or \`down\`, 1 a server ended by itself or could not be started, 2 a wrong option`;

function parseLines(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new CliError('ERR_OPTION', `Expected --lines to be a whole number >= 0, got ${text}.`);
}
