import { existsSync, statSync } from 'node:fs';
import { chown, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CliError } from '../../cli-error.ts';
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

/** Puts the database in its place. Grafana must not run. */
export function grafanaTarget(database: string, pid: number): RestoreTarget {
  return {
    name: 'grafana',
    into: database,
    staging: join(dirname(database), `.restore-${pid}`),
    async check(force) {
      const isThere = existsSync(database) && statSync(database).size > 0;
      if (isThere && !force) {
        throw new CliError(
          'ERR_RESTORE_TARGET',
          `Expected no database at ${database}, got one; stop Grafana, then --force replaces it.`,
        );
      }
      return `${database}${isThere ? ', in the place of the one that is there' : ''}`;
    },
    async apply(staged) {
      await mkdir(dirname(database), { recursive: true });
      const { uid, gid } = statSync(dirname(database));
      const restored = join(staged, FILE);
      const { size } = statSync(restored);
      // Root restores for a server that is another user.
      if (uid !== statSync(restored).uid) await chown(restored, uid, gid);
      await rename(restored, database);
      // Of the database that was there.
      for (const suffix of ['-wal', '-shm', '-journal'])
        await rm(`${database}${suffix}`, { force: true });
      return `a database of ${size} bytes`;
    },
  };
}

const noDatabase = (file: string, got: string) =>
  new CliError(
    'ERR_GRAFANA_DATABASE',
    `Expected Grafana's SQLite database at ${file}, got ${got}; correct --grafana-db.`,
  );
