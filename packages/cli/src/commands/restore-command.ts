import { Command } from 'commander';
import { parseParts, readPlaces, targetsOf } from '../backup/places.ts';
import { type RestoredBackup, restoreBackup } from '../backup/restore-backup.ts';
import type { Context } from '../context.ts';
import {
  type CommonFlags,
  keyOf,
  keyOption,
  opened,
  placeOptions,
  storeOptions,
  workFolder,
} from './backup-options.ts';
import { newestIn } from './backup-verify.ts';
import { shownBytes } from './shown-bytes.ts';

interface RestoreFlags extends CommonFlags {
  readonly from: string;
  readonly force: boolean;
  readonly dryRun: boolean;
}

/** `bellwether restore`. */
export function restoreCommand(context: Context): Command {
  const command = new Command('restore').description('Put a backup back in place');
  command
    .argument('[name]', 'a backup of that place (default: the newest)')
    .requiredOption('--from <place>', 'a folder, one file, or s3://bucket/folder');
  return keyOption(storeOptions(placeOptions(command)))
    .option('--force', 'replace what is there', false)
    .option('--dry-run', 'check the backup and the targets, and change nothing', false)
    .addHelpText('after', HELP)
    .action(async (name: string | undefined, flags: RestoreFlags) => {
      const targets = targetsOf(readPlaces(flags, context), context);
      const only = parseParts(flags.parts);
      const place = opened(flags.from, flags, context);
      const key = await keyOf(flags, context);
      const chosen = name ?? place.name ?? (await newestIn(place.store));
      context.err(`restoring ${chosen} of ${place.store.shown}`);
      const stopping = new AbortController();
      const forget = context.onStopSignal(() => stopping.abort());
      const restored = await restoreBackup({
        stored: await place.store.read(chosen),
        targets,
        ...(only !== undefined && { only }),
        ...(key !== undefined && { key }),
        ...{ force: flags.force, dryRun: flags.dryRun },
        work: workFolder(flags.work, place, context),
        signal: stopping.signal,
        say: context.err,
      }).finally(forget);
      show(chosen, restored, flags, context);
    });
}

function show(name: string, restored: RestoredBackup, flags: RestoreFlags, context: Context): void {
  if (flags.json) {
    context.out(JSON.stringify({ name, ...restored }, undefined, 2));
    return;
  }
  const did = flags.dryRun ? 'would restore' : 'restored';
  for (const { name: part, server, size, done } of restored.parts) {
    context.out(`${part.padEnd(13)} ${did} ${done} (${server}, ${shownBytes(size)})`);
  }
  if (restored.leftOut.length > 0) context.out(`left out: ${restored.leftOut.join(', ')}`);
  context.out(`${name} is of ${restored.at}${flags.dryRun ? '; nothing was changed' : ''}`);
}

const HELP = `
Every byte of the backup and every target are checked before anything is changed. Stop Prometheus and Grafana before, and start them afterwards:
their files are replaced. PostgreSQL and Alertmanager must run. What is not empty needs --force.
Exit code: 0 restored, 1 not, 2 a wrong option`;
