import { Command } from 'commander';
import type { AgeKey } from '../backup/archive/age-key.ts';
import { sizeOf } from '../backup/archive/manifest.ts';
import { readBackup } from '../backup/read-backup.ts';
import type { Store } from '../backup/store/store.ts';
import { CliError } from '../cli-error.ts';
import type { Context } from '../context.ts';
import { type KeyFlags, keyOf, keyOption, opened, storeOptions } from './backup-options.ts';
import { shownBytes } from './shown-bytes.ts';

interface VerifyFlags extends KeyFlags {
  readonly from: string;
  readonly all: boolean;
}

interface Verified {
  readonly name: string;
  readonly ok: boolean;
  readonly parts?: readonly {
    readonly name: string;
    readonly server: string;
    readonly size: number;
  }[];
  readonly problem?: string;
}

/** `bellwether backup verify`. */
export function backupVerify(context: Context): Command {
  const command = new Command('verify').description(
    'Read a backup to its end and check every byte',
  );
  command
    .argument('[name]', 'a backup of that place (default: the newest)')
    .requiredOption('--from <place>', 'a folder, one file, or s3://bucket/folder')
    .option('--all', 'every backup there', false);
  return keyOption(storeOptions(command))
    .addHelpText('after', '\nExit code: 0 all are well, 1 one is not, 2 a wrong option')
    .action(async (name: string | undefined, flags: VerifyFlags) => {
      const { store, name: file } = opened(flags.from, flags, context);
      const key = await keyOf(flags, context);
      const names = flags.all
        ? (await store.list()).map((backup) => backup.name)
        : [name ?? file ?? (await newestIn(store))];
      const rows = [];
      for (const each of names) {
        context.err(`reading ${each}`);
        rows.push(await verified(store, each, key));
      }
      if (flags.json) context.out(JSON.stringify(rows, undefined, 2));
      else for (const row of rows) context.out(shown(row));
      if (rows.some(({ ok }) => !ok)) context.setExitCode(1);
    });
}

/** Throws ERR_BACKUP_STORE where there is none. */
export async function newestIn(store: Store): Promise<string> {
  const [newest] = await store.list();
  if (newest !== undefined) return newest.name;
  throw new CliError('ERR_BACKUP_STORE', `Expected a backup in ${store.shown}, got none.`);
}

async function verified(store: Store, name: string, key: AgeKey | undefined): Promise<Verified> {
  try {
    const { parts } = await readBackup(await store.read(name), key);
    return {
      ...{ name, ok: true },
      parts: parts.map((part) => ({ name: part.name, server: part.server, size: sizeOf(part) })),
    };
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return { name, ok: false, problem: `${error.message} [${error.code}]` };
  }
}

function shown({ name, parts = [], problem }: Verified): string {
  if (problem !== undefined) return `${name}: ${problem}`;
  const said = parts.map((part) => `${part.name} ${shownBytes(part.size)} (${part.server})`);
  return `${name}: well; ${said.join(', ')}`;
}
