import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CliError } from '../cli-error.ts';
import type { Context } from '../context.ts';
import { serverAddress } from '../server-address.ts';
import { passwordFile } from '../stack/services/postgres.ts';
import { adminTokenFile } from '../stack/services/prometheus-guard.ts';
import { stackStatus } from '../stack/stack-status.ts';
import { PART_NAMES, type PartName } from './archive/manifest.ts';
import { alertmanagerSource, alertmanagerTarget } from './parts/alertmanager-part.ts';
import { grafanaSource, grafanaTarget } from './parts/grafana-part.ts';
import type { PartSource } from './parts/part-source.ts';
import { postgresSource, postgresTarget } from './parts/postgres-part.ts';
import { prometheusSource } from './parts/prometheus-source.ts';
import { prometheusTarget } from './parts/prometheus-target.ts';
import type { RestoreTarget } from './parts/restore-target.ts';

/** What a person said about where things are. */
export interface PlaceFlags {
  /** Data folder of the native stack: what is not said is taken from it. */
  readonly data?: string;
  readonly prometheus?: string;
  readonly prometheusData?: string;
  readonly prometheusTokenFile?: string;
  readonly alertmanager?: string;
  readonly grafana?: string;
  readonly grafanaDb?: string;
  readonly postgresUrlFile?: string;
}

/** Where the servers are whose data are saved or restored. */
export interface Places {
  readonly prometheus?: string;
  readonly prometheusData?: string;
  readonly prometheusToken?: string;
  readonly alertmanager?: string;
  readonly grafana?: string;
  readonly grafanaDb?: string;
  readonly postgresUrl?: string;
}

/** Throws ERR_OPTION for an address that is none and a file that cannot be read. */
export function readPlaces(flags: PlaceFlags, context: Context): Places {
  const stack = flags.data === undefined ? {} : placesOfStack(resolve(context.cwd, flags.data));
  const { prometheus, alertmanager, grafana, grafanaDb } = flags;
  const dataFolder = flags.prometheusData && resolve(context.cwd, flags.prometheusData);
  const given: Places = {
    ...(prometheus !== undefined && { prometheus: serverAddress('--prometheus', prometheus) }),
    ...(dataFolder !== undefined && { prometheusData: dataFolder }),
    ...(flags.prometheusTokenFile !== undefined && {
      prometheusToken: secret('--prometheus-token-file', flags.prometheusTokenFile, context),
    }),
    ...(alertmanager !== undefined && {
      alertmanager: serverAddress('--alertmanager', alertmanager),
    }),
    ...(grafana !== undefined && { grafana: serverAddress('--grafana', grafana) }),
    ...(grafanaDb !== undefined && { grafanaDb: resolve(context.cwd, grafanaDb) }),
    ...(flags.postgresUrlFile !== undefined && {
      postgresUrl: databaseUrl(flags.postgresUrlFile, context),
    }),
  };
  return { ...stack, ...given };
}

export function sourcesOf(places: Places, context: Context): readonly PartSource[] {
  const { prometheus, prometheusData, prometheusToken } = places;
  if ((prometheus === undefined) !== (prometheusData === undefined)) {
    throw new CliError(
      'ERR_OPTION',
      'Expected --prometheus and --prometheus-data together, got one of them: a snapshot is asked for at the address and read from the folder.',
    );
  }
  return [
    ...(prometheus !== undefined && prometheusData !== undefined
      ? [
          prometheusSource({
            url: prometheus,
            dataFolder: prometheusData,
            ...(prometheusToken !== undefined && { token: prometheusToken }),
          }),
        ]
      : []),
    ...(places.alertmanager === undefined ? [] : [alertmanagerSource(places.alertmanager)]),
    ...(places.grafanaDb === undefined ? [] : [grafanaSource(places.grafanaDb)]),
    ...(places.postgresUrl === undefined ? [] : [postgresSource(places.postgresUrl, context)]),
  ];
}

export function targetsOf(places: Places, context: Context): readonly RestoreTarget[] {
  const { prometheus, prometheusData: dataFolder, grafana, grafanaDb: database } = places;
  return [
    ...(dataFolder === undefined
      ? []
      : [
          prometheusTarget(
            { dataFolder, ...(prometheus !== undefined && { url: prometheus }) },
            context,
          ),
        ]),
    ...(places.alertmanager === undefined
      ? []
      : [alertmanagerTarget(places.alertmanager, Date.now)]),
    ...(database === undefined
      ? []
      : [grafanaTarget({ database, ...(grafana !== undefined && { url: grafana }) }, context)]),
    ...(places.postgresUrl === undefined ? [] : [postgresTarget(places.postgresUrl, context)]),
  ];
}

/** `prometheus,postgres` */
export function parseParts(text: string | undefined): readonly PartName[] | undefined {
  if (text === undefined) return undefined;
  const names = text.split(',').map((name) => name.trim());
  const wrong = names.find((name) => !(PART_NAMES as readonly string[]).includes(name));
  if (wrong === undefined) return names as PartName[];
  throw new CliError(
    'ERR_OPTION',
    `Expected --parts to be some of ${PART_NAMES.join(', ')}, got ${wrong}.`,
  );
}

function placesOfStack(dataDir: string): Places {
  const { addresses } = stackStatus(dataDir);
  const { prometheus, alertmanager, postgres } = addresses;
  const url = postgres === undefined ? undefined : new URL(postgres);
  if (url !== undefined) url.password = readFileSync(passwordFile(dataDir), 'utf8').trim();
  const token = adminTokenFile(dataDir);
  return {
    ...(prometheus !== undefined && { prometheus }),
    prometheusData: join(dataDir, 'prometheus', 'data'),
    ...(existsSync(token) && { prometheusToken: readFileSync(token, 'utf8').trim() }),
    ...(alertmanager !== undefined && { alertmanager }),
    ...(url !== undefined && { postgresUrl: url.href }),
  };
}

function secret(option: string, file: string, { cwd }: Context): string {
  let text: string;
  try {
    text = readFileSync(resolve(cwd, file), 'utf8').trim();
  } catch (error) {
    throw new CliError(
      'ERR_OPTION',
      `Expected ${option} to name a file that can be read, got ${(error as Error).message}.`,
    );
  }
  if (text !== '') return text;
  throw new CliError('ERR_OPTION', `Expected ${file} of ${option} to hold a secret, got nothing.`);
}

function databaseUrl(file: string, context: Context): string {
  const text = secret('--postgres-url-file', file, context);
  if (URL.canParse(text) && /^postgres(ql)?:/.test(text)) return text;
  throw new CliError(
    'ERR_OPTION',
    `Expected ${file} of --postgres-url-file to hold postgresql://user:password@host:port/database, got something else.`,
  );
}
