import { Command, CommanderError } from 'commander';
import { CliError } from './cli-error.ts';
import { backupCommand } from './commands/backup-command.ts';
import { doctorCommand } from './commands/doctor-command.ts';
import { generateCommand } from './commands/generate-command.ts';
import { guardCommand } from './commands/guard-command.ts';
import { migrateCommand } from './commands/migrate-command.ts';
import { queryCommand } from './commands/query-command.ts';
import { restoreCommand } from './commands/restore-command.ts';
import { serversCommand } from './commands/servers-command.ts';
import { sizeCommand } from './commands/size-command.ts';
import { stackCommand } from './commands/stack-command.ts';
import { verifyCommand } from './commands/verify-command.ts';
import type { Context } from './context.ts';
import { ownVersion } from './own-version.ts';

/** Runs a command line. Never throws: an error becomes one message on stderr and an exit code. */
export async function runCli(args: readonly string[], context: Context): Promise<void> {
  const program = cliProgram(context);
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return context.setExitCode(error.exitCode === 0 ? 0 : 2);
    if (!(error instanceof CliError)) throw error;
    context.err(`bellwether: ${error.message} [${error.code}]`);
    context.setExitCode(error.code === 'ERR_OPTION' ? 2 : 1);
  }
}

/** All commands with their options. Throws a CommanderError where Commander would end the process. */
export function cliProgram(context: Context): Command {
  const program = new Command('bellwether')
    .description('The monitoring stack and its tools')
    .version(ownVersion())
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.out(text.trimEnd()),
      writeErr: (text) => context.err(text.trimEnd()),
    });
  const commands = [
    ...[doctorCommand, generateCommand, verifyCommand, queryCommand, migrateCommand, sizeCommand],
    ...[stackCommand, serversCommand],
    ...[backupCommand, restoreCommand, guardCommand],
  ];
  for (const command of commands.map((make) => make(context))) {
    for (const each of [command, ...command.commands]) each.copyInheritedSettings(program);
    program.addCommand(command);
  }
  return program;
}
