import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { newKey } from '../backup/archive/age-key.ts';
import { CliError } from '../cli-error.ts';
import type { Context } from '../context.ts';

/** `bellwether backup key`: what age-keygen does. */
export function backupKey(context: Context): Command {
  return new Command('key')
    .description('Make a key for encrypted backups, and print its public half')
    .requiredOption('--out <file>', 'where the secret key goes; must not exist')
    .action(async ({ out }: { out: string }) => {
      const { text, recipient } = await newKey(new Date());
      const file = resolve(context.cwd, out);
      try {
        writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
      } catch (error) {
        throw new CliError(
          'ERR_BACKUP_KEY',
          `Expected to make the new file ${file}, got ${(error as Error).message}; a key is never overwritten.`,
          { cause: error },
        );
      }
      context.out(recipient);
      context.err(
        `The secret key is in ${file}: without it no backup can be read. Keep it elsewhere too.`,
      );
    });
}
