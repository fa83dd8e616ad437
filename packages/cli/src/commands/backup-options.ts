import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { type AgeKey, readKeyFile } from '../backup/archive/age-key.ts';
import type { PlaceFlags } from '../backup/places.ts';
import type { Retention } from '../backup/retention.ts';
import { type OpenedStore, openStore } from '../backup/store/open-store.ts';
import { CliError } from '../cli-error.ts';
import type { Context } from '../context.ts';
import { durationSeconds } from '../verify/duration-seconds.ts';

/** In the place of `--key`. */
const KEY_VARIABLE = 'BELLWETHER_BACKUP_KEY_FILE';

/** Options of everything that opens a store. */
export interface StoreFlags {
  readonly s3Endpoint?: string;
  readonly json: boolean;
}

/** And of everything that writes or reads archives. */
export interface KeyFlags extends StoreFlags {
  readonly key?: string;
}

export const storeOptions = (command: Command): Command =>
  command
    .option('--s3-endpoint <url>', 'S3 service (default: AWS_ENDPOINT_URL_S3, else AWS)')
    .option('--json', 'print JSON on standard output', false);

export const keyOption = (command: Command): Command =>
  command.option(
    '--key <file>',
    `age keys: public ones encrypt, secret ones also read (or ${KEY_VARIABLE})`,
  );

/** Where the servers are: the same for saving and restoring. */
export const placeOptions = (command: Command): Command =>
  command
    .option('--data <folder>', 'data folder of a `bellwether stack`: all that is not named below')
    .option('--prometheus <url>', 'Prometheus, through its guard')
    .option('--prometheus-data <folder>', 'its data folder (--storage.tsdb.path)')
    .option('--prometheus-token-file <file>', 'token of its admin API')
    .option('--alertmanager <url>', 'Alertmanager, for its silences')
    .option('--grafana <url>', 'Grafana: while it answers, its database is not restored')
    .option('--grafana-db <file>', "Grafana's SQLite database")
    .option('--postgres-url-file <file>', 'file with postgresql://user:password@host/database')
    .option('--parts <names>', 'only these, of prometheus, alertmanager, grafana, postgres')
    .option('--work <folder>', 'for unpacked data (default: the folder of the backups, else /tmp)');

export interface CommonFlags extends KeyFlags, PlaceFlags {
  readonly parts?: string;
  readonly work?: string;
}

export interface RetentionFlags {
  readonly keep?: string;
  readonly keepDaily?: string;
  readonly keepWeekly?: string;
  readonly keepMonthly?: string;
}

/** `undefined` where no key is named. */
export async function keyOf({ key }: KeyFlags, context: Context): Promise<AgeKey | undefined> {
  const file = key ?? (context.env[KEY_VARIABLE] || undefined);
  return file === undefined ? undefined : readKeyFile(resolve(context.cwd, file));
}

export const opened = (address: string, flags: StoreFlags, context: Context): OpenedStore =>
  openStore(address, context, flags.s3Endpoint);

/** The same disk as the backups, which has room for them, unless somebody says otherwise. */
export function workFolder(
  work: string | undefined,
  { folder }: OpenedStore,
  { cwd }: Context,
): string {
  return work === undefined ? (folder ?? tmpdir()) : resolve(cwd, work);
}

export function retentionOf(flags: RetentionFlags): Retention {
  const last = count('--keep', flags.keep);
  const daily = count('--keep-daily', flags.keepDaily);
  const weekly = count('--keep-weekly', flags.keepWeekly);
  const monthly = count('--keep-monthly', flags.keepMonthly);
  return {
    ...(last !== undefined && { last }),
    ...(daily !== undefined && { daily }),
    ...(weekly !== undefined && { weekly }),
    ...(monthly !== undefined && { monthly }),
  };
}

function count(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new CliError(
    'ERR_OPTION',
    `Expected ${option} to be a number from 1 to 9999, got ${text}.`,
  );
}

/** Milliseconds of `24h`. */
export function spanMs(option: string, text: string): number {
  const seconds = durationSeconds(text);
  if (seconds !== undefined && seconds >= 1 && seconds <= 366 * 86_400) return seconds * 1000;
  throw new CliError(
    'ERR_OPTION',
    `Expected ${option} to be a time from 1s to 1y as 24h, got ${text}.`,
  );
}
