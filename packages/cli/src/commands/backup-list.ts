import { Command } from 'commander';
import type { Context } from '../context.ts';
import { opened, type StoreFlags, spanMs, storeOptions } from './backup-options.ts';
import { shownBytes } from './shown-bytes.ts';

interface ListFlags extends StoreFlags {
  readonly from: string;
  readonly newerThan?: string;
}

/** `bellwether backup list`. */
export function backupList(context: Context): Command {
  const command = new Command('list').description('List the backups of a place, newest first');
  command.requiredOption('--from <place>', 'a folder, or s3://bucket/folder');
  return storeOptions(command)
    .option('--newer-than <time>', 'exit with 1 unless the newest is younger than this, as 26h')
    .action(async (flags: ListFlags) => {
      const youngMs = flags.newerThan && spanMs('--newer-than', flags.newerThan);
      const { store } = opened(flags.from, flags, context);
      const backups = await store.list();
      if (flags.json) context.out(JSON.stringify(backups, undefined, 2));
      else {
        for (const { name, at, size } of backups) {
          context.out(
            `${at.toISOString().slice(0, 19)}Z  ${shownBytes(size).padStart(10)}  ${name}`,
          );
        }
        if (backups.length === 0) context.err(`no backups in ${store.shown}`);
      }
      const newest = backups[0]?.at.getTime() ?? 0;
      if (youngMs && Date.now() - newest > youngMs) {
        context.err(`no backup in ${store.shown} is newer than ${flags.newerThan}`);
        context.setExitCode(1);
      }
    });
}
