import { setTimeout as wait } from 'node:timers/promises';
import { Command } from 'commander';
import { type CreateBackup, type CreatedBackup, createBackup } from '../backup/create-backup.ts';
import { parseParts, readPlaces, sourcesOf } from '../backup/places.ts';
import { type BackupState, tellBackup } from '../backup/tell-backup.ts';
import { CliError } from '../cli-error.ts';
import type { Context } from '../context.ts';
import {
  type CommonFlags,
  keyOf,
  keyOption,
  opened,
  placeOptions,
  type RetentionFlags,
  retentionOf,
  spanMs,
  storeOptions,
  workFolder,
} from './backup-options.ts';
import { shownBytes } from './shown-bytes.ts';

interface CreateFlags extends CommonFlags, RetentionFlags {
  readonly to: string;
  readonly every?: string;
  readonly expectEvery?: string;
  readonly dryRun: boolean;
}

/** After a backup that failed, the next try. */
const AGAIN_MS = 15 * 60_000;
/** How often what is known is told again: a Collector that was away, or a Prometheus without its data, hears it then. */
const TELL_MS = 15 * 60_000;
/** Nothing went wrong: somebody stopped it, or another one is being made. */
const NO_FAILURE: readonly string[] = ['ERR_BACKUP_STOPPED', 'ERR_BACKUP_RUNNING'];

/** `bellwether backup create`. */
export function backupCreate(context: Context): Command {
  const command = new Command('create').description('Make a backup');
  command.requiredOption('--to <place>', 'a folder, or s3://bucket/folder');
  return keyOption(storeOptions(placeOptions(command)))
    .option('--keep <n>', 'keep the newest n backups')
    .option('--keep-daily <n>', 'keep the newest of each of the last n days')
    .option('--keep-weekly <n>', 'and of each of the last n weeks')
    .option('--keep-monthly <n>', 'and of each of the last n months')
    .option('--every <time>', 'run on, and make one whenever the newest is older than this')
    .option(
      '--expect-every <time>',
      'how often something else runs this: tells BackupMissed when to fire',
    )
    .option('--dry-run', 'ask every server whether it could be saved, and save nothing', false)
    .addHelpText('after', HELP)
    .action(async (flags: CreateFlags) => {
      const parts = sourcesOf(readPlaces(flags, context), context);
      const only = parseParts(flags.parts);
      const chosen = parts.filter(({ name }) => only?.includes(name) ?? true);
      if (chosen.length === 0) throw nothingToSave();
      const place = opened(flags.to, flags, context);
      const key = await keyOf(flags, context);
      const settings: Omit<CreateBackup, 'at'> = {
        store: place.store,
        parts: chosen,
        ...(key !== undefined && { key }),
        retention: retentionOf(flags),
        work: workFolder(flags.work, place, context),
        say: context.err,
      };
      if (flags.dryRun) return dryRun(settings, flags, context);
      const everyMs = flags.every === undefined ? undefined : spanMs('--every', flags.every);
      const expectMs = flags.expectEvery && spanMs('--expect-every', flags.expectEvery);
      const stopping = new AbortController();
      const forget = context.onStopSignal(() => stopping.abort());
      const { signal } = stopping;
      try {
        if (everyMs !== undefined) {
          return await everySoOften({ ...settings, signal }, everyMs, flags, context);
        }
        const schedule = expectMs ? { intervalMs: expectMs } : {};
        await makeAndTell({ ...settings, signal }, schedule, flags, context);
      } finally {
        forget();
      }
    });
}

async function dryRun(
  { parts, store }: Omit<CreateBackup, 'at'>,
  { json }: CreateFlags,
  context: Context,
): Promise<void> {
  const rows = [];
  for (const part of parts) {
    rows.push({ name: part.name, from: part.from, server: await part.check() });
  }
  const stored = (await store.list()).length;
  if (json) {
    context.out(JSON.stringify({ store: store.shown, stored, parts: rows }, undefined, 2));
    return;
  }
  for (const { name, from, server } of rows) context.out(`${name.padEnd(13)} ${server}, ${from}`);
  context.out(`to ${store.shown}, which has ${stored} backups; nothing was saved`);
}

/** Makes one, and tells what came of it. Throws what `createBackup` throws. */
async function makeAndTell(
  settings: Omit<CreateBackup, 'at'>,
  schedule: Pick<BackupState, 'intervalMs'>,
  flags: CreateFlags,
  context: Context,
): Promise<void> {
  const tell = tellBackup(context);
  try {
    const backup = await createBackup({ ...settings, at: new Date() });
    show(backup, flags, context);
    await tell({ ...schedule, ...successOf(backup) });
  } catch (error) {
    if (isFailure(error)) await tell({ ...schedule, lastFailure: new Date() });
    throw error;
  }
}

/** Until it is told to stop. A restart, or a machine that slept, makes up for what was missed. */
async function everySoOften(
  settings: Omit<CreateBackup, 'at'> & { readonly signal: AbortSignal },
  everyMs: number,
  flags: CreateFlags,
  context: Context,
): Promise<void> {
  const { signal } = settings;
  const tell = tellBackup(context);
  let state: BackupState = { intervalMs: everyMs };
  while (!signal.aborted) {
    const { pause, learnt } = await once(settings, everyMs, flags, context);
    state = { ...state, ...learnt };
    for (let left = pause; left > 0 && !signal.aborted; left -= TELL_MS) {
      await tell(state);
      await wait(Math.min(left, TELL_MS), undefined, { signal }).catch(() => {});
    }
  }
}

/** Makes a backup if one is due; returns how long to wait then, and what is known besides. */
async function once(
  settings: Omit<CreateBackup, 'at'>,
  everyMs: number,
  flags: CreateFlags,
  context: Context,
): Promise<{ readonly pause: number; readonly learnt: BackupState }> {
  try {
    const [newest] = await settings.store.list();
    const dueIn = newest === undefined ? 0 : newest.at.getTime() + everyMs - Date.now();
    if (newest !== undefined && dueIn > 0) {
      const { at: lastSuccess, size } = newest;
      // No timer waits longer than 24 days.
      return { pause: Math.min(dueIn, 86_400_000), learnt: { lastSuccess, size } };
    }
    const backup = await createBackup({ ...settings, at: new Date() });
    show(backup, flags, context);
    return { pause: Math.min(everyMs, 86_400_000), learnt: successOf(backup) };
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    context.err(`bellwether: ${error.message} [${error.code}]`);
    const learnt = isFailure(error) ? { lastFailure: new Date() } : {};
    return { pause: Math.min(AGAIN_MS, everyMs), learnt };
  }
}

const successOf = ({ at, size, seconds }: CreatedBackup): BackupState => ({
  lastSuccess: new Date(at),
  size,
  seconds,
});

const isFailure = (error: unknown): boolean =>
  !(error instanceof CliError && NO_FAILURE.includes(error.code));

function show(backup: CreatedBackup, { json }: CreateFlags, context: Context): void {
  if (json) {
    context.out(JSON.stringify(backup));
    return;
  }
  for (const { name, server, files, size, seconds } of backup.parts) {
    const count = files === 1 ? '1 file' : `${files} files`;
    context.out(`${name.padEnd(13)} ${server}, ${count}, ${shownBytes(size)}, ${seconds} s`);
  }
  for (const note of backup.notes) context.out(`note: ${note}`);
  for (const name of backup.removed) context.out(`removed ${name}`);
  const how = `${backup.encrypted ? 'encrypted, ' : ''}${backup.verified} verified`;
  context.out(
    `${backup.name} in ${backup.store}: ${shownBytes(backup.size)}, ${how}, ${backup.seconds} s`,
  );
}

const nothingToSave = () =>
  new CliError(
    'ERR_OPTION',
    'Expected something to save, got nothing; name a stack by --data, or servers by --prometheus, --alertmanager, --grafana-db, --postgres-url-file.',
  );

const HELP = `
Where OTEL_EXPORTER_OTLP_ENDPOINT names a Collector, it is told when one was made or failed (bellwether.backup.*): BackupMissed and BackupFailed
ask for that. Older backups go after the new one was read back and found well, and only where a --keep option is given. Variables for S3: AWS_ACCESS_KEY_ID,
AWS_SECRET_ACCESS_KEY or AWS_SHARED_CREDENTIALS_FILE, AWS_REGION, AWS_ENDPOINT_URL_S3. pg_dump of the server's major version is taken from
BELLWETHER_PG_BIN, PATH or /usr/lib/postgresql.
Exit code: 0 a backup was made, 1 none was, and earlier ones are as they were, 2 a wrong option`;
