import { join } from 'node:path';
import { CliError } from '../../cli-error.ts';
import type { Context } from '../../context.ts';
import type { PartSource } from './part-source.ts';
import { postgresFacts, runOnDatabase, shownDatabase } from './postgres-connection.ts';
import { postgresProgram } from './postgres-programs.ts';
import type { RestoreTarget } from './restore-target.ts';

const FILE = 'database.dump';

/** One database as of one moment, by pg_dump in its custom format. Roles and other databases are not in it. */
export function postgresSource(url: string, context: Context): PartSource {
  const ready = async () => {
    const { version, major } = await postgresFacts(url);
    return {
      server: `PostgreSQL ${version}`,
      program: await postgresProgram('pg_dump', major, context),
    };
  };
  return {
    name: 'postgres',
    from: shownDatabase(url),
    check: async () => (await ready()).server,
    async save(work, signal) {
      const { server, program } = await ready();
      const file = join(work, FILE);
      await runOnDatabase(program, ['--format', 'custom', '--file', file], url, context, signal);
      return { server, files: [{ path: FILE, file }] };
    },
  };
}

/** Restores the database in one transaction: all of it, or nothing. Its objects belong to the user who restores. */
export function postgresTarget(url: string, context: Context): RestoreTarget {
  return {
    name: 'postgres',
    into: shownDatabase(url),
    async check(force, { server }) {
      const { version, major, tables } = await postgresFacts(url);
      await postgresProgram('pg_restore', major, context);
      if (Number.parseInt(server.split(' ')[1] ?? '', 10) > major) {
        throw new CliError(
          'ERR_RESTORE_TARGET',
          `Expected ${shownDatabase(url)} to be as new as ${server}, from which the backup is, got ${version}; upgrade it first.`,
        );
      }
      if (tables > 0 && !force) {
        throw new CliError(
          'ERR_RESTORE_TARGET',
          `Expected ${shownDatabase(url)} to be empty, got ${tables} tables; --force replaces those of the backup.`,
        );
      }
      return `${shownDatabase(url)}${tables > 0 ? ', in the place of what is there' : ''}`;
    },
    async apply(staged) {
      const { major, tables } = await postgresFacts(url);
      const program = await postgresProgram('pg_restore', major, context);
      const clean = tables > 0 ? ['--clean', '--if-exists'] : [];
      const how = ['--single-transaction', '--exit-on-error', '--no-owner', '--no-privileges'];
      await runOnDatabase(program, [...how, ...clean, join(staged, FILE)], url, context);
      return `${(await postgresFacts(url)).tables} tables`;
    },
  };
}
