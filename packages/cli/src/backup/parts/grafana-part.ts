import { existsSync, statSync } from 'node:fs';
import { chmod, chown, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CliError } from '../../cli-error.ts';
import type { Context } from '../../context.ts';
import { checkWritable } from './check-writable.ts';
import type { PartSource } from './part-source.ts';
import type { RestoreTarget } from './restore-target.ts';

const FILE = 'grafana.db';

/** Loaded where it is needed: it says that it is experimental. */
const sqlite = () => import('node:sqlite');

/** Grafana's SQLite database, as of one moment, while Grafana runs. */
export function grafanaSource(database: string): PartSource {
  const check = async () => {
    if (!existsSync(database)) throw noDatabase(database, 'no file');
    const { DatabaseSync } = await sqlite();
    try {
      const source = new DatabaseSync(database, { readOnly: true });
      const row = source.prepare('select sqlite_version() as version').get();
      source.prepare('select count(*) from sqlite_master').get();
      source.close();
      return `SQLite ${String(row?.version)}`;
    } catch (error) {
      throw noDatabase(database, (error as Error).message);
    }
  };
  return {
    name: 'grafana',
    from: database,
    check,
    async save(work) {
      const server = await check();
      const { DatabaseSync } = await sqlite();
      const file = join(work, FILE);
      const source = new DatabaseSync(database, { readOnly: true });
      try {
        source.exec('pragma busy_timeout = 30000');
        // One read transaction: https://www.sqlite.org/lang_vacuum.html#vacuuminto
        source.prepare('vacuum into ?').run(file);
      } finally {
        source.close();
      }
      return { server, files: [{ path: FILE, file }] };
    },
  };
}

export interface GrafanaPlace {
  readonly database: string;
  /** Of Grafana: while it answers, nothing is restored. */
  readonly url?: string;
}

/** Puts the database in its place. Grafana must not run. */
export function grafanaTarget(
  { database, url }: GrafanaPlace,
  { pid, uid, groups }: Pick<Context, 'pid' | 'uid' | 'groups'>,
): RestoreTarget {
  /** Who must be able to use it: the user of the one that is there, else of the folder. */
  const owner = () =>
    statSync(database, { throwIfNoEntry: false }) ??
    statSync(dirname(database), { throwIfNoEntry: false });
  return {
    name: 'grafana',
    into: database,
    staging: join(dirname(database), `.restore-${pid}`),
    async check(force) {
      if (url !== undefined && (await answers(url))) {
        throw new CliError(
          'ERR_RESTORE_TARGET',
          `Expected no Grafana on ${database}, got one that runs at ${url}; stop it first, and start it afterwards.`,
        );
      }
      const isThere = existsSync(database) && statSync(database).size > 0;
      if (isThere && !force) {
        throw new CliError(
          'ERR_RESTORE_TARGET',
          `Expected no database at ${database}, got one; stop Grafana, then --force replaces it.`,
        );
      }
      checkWritable(dirname(database));
      const { uid: wanted = uid, gid = -1 } = owner() ?? {};
      if (uid !== 0 && uid !== wanted && !groups.includes(gid)) {
        throw new CliError(
          'ERR_RESTORE_TARGET',
          `Expected to be the user ${wanted} of ${database}, in its group ${gid}, or root, got user ${uid}; restore as one of them, or Grafana could not read it.`,
        );
      }
      return `${database}${isThere ? ', in the place of the one that is there' : ''}`;
    },
    async apply(staged) {
      await mkdir(dirname(database), { recursive: true });
      const restored = join(staged, FILE);
      const { size, uid: ours } = statSync(restored);
      const { uid: wanted, gid } = owner() ?? statSync(restored);
      if (uid === 0) await chown(restored, wanted, gid);
      else if (ours !== wanted) {
        // Its user has it by the group that both are in.
        await chown(restored, ours, gid);
        await chmod(restored, 0o660);
      }
      await rename(restored, database);
      // Of the database that was there.
      for (const suffix of ['-wal', '-shm', '-journal'])
        await rm(`${database}${suffix}`, { force: true });
      return `a database of ${size} bytes`;
    },
  };
}

async function answers(url: string): Promise<boolean> {
  try {
    await fetch(url, { signal: AbortSignal.timeout(3_000) });
    return true;
  } catch {
    return false;
  }
}

const noDatabase = (file: string, got: string) =>
  new CliError(
    'ERR_GRAFANA_DATABASE',
    `Expected Grafana's SQLite database at ${file}, got ${got}; correct --grafana-db, or run this as a user who may read it.`,
  );
