import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { CliError } from '../../cli-error.ts';
import type { Context } from '../../context.ts';
import { findOnPath } from '../../servers/find-on-path.ts';
import type { Command } from '../service.ts';

export interface User {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root: then it runs as `postgres`, or as `nobody` where there is no such user. */
export function serverUser({ uid }: Pick<Context, 'uid'>): User | undefined {
  if (uid !== 0) return undefined;
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const found = ['postgres', 'nobody'].map((name) => users.find((user) => user[0] === name));
  const [, , id, group] = found.find((user) => user !== undefined) ?? [];
  if (id === undefined || group === undefined) {
    throw new CliError(
      'ERR_POSTGRES_USER',
      'Expected a user `postgres` or `nobody` to run PostgreSQL as, got none; add one, or do not run as root.',
    );
  }
  return { uid: Number(id), gid: Number(group) };
}

/**
 * The command as that user. Where a folder on the way to `paths` is closed to others (a repository below /root), the
 * process keeps one capability of root's: to read and search, not to write.
 */
export function asUser(
  command: Command,
  user: User | undefined,
  paths: readonly string[],
): Command {
  if (user === undefined) return command;
  if (paths.every((path) => openToOthers(dirname(path)))) return { ...command, user };
  const { uid, gid } = user;
  const setpriv = findOnPath(['setpriv'], { env: { PATH: '/usr/bin:/bin' } });
  if (setpriv === undefined) {
    throw new CliError(
      'ERR_POSTGRES_USER',
      `Expected user ${uid} to reach ${paths.join(' and ')}, got a folder closed to it and no setpriv; do not run as root, or install util-linux.`,
    );
  }
  const keep = ['--inh-caps=+dac_read_search', '--ambient-caps=+dac_read_search'];
  return {
    ...command,
    file: setpriv,
    args: [
      `--reuid=${uid}`,
      `--regid=${gid}`,
      '--clear-groups',
      ...keep,
      '--',
      command.file,
      ...command.args,
    ],
  };
}

function openToOthers(folder: string): boolean {
  const parent = dirname(folder);
  const open = (statSync(folder).mode & 0o001) !== 0;
  return open && (parent === folder || openToOthers(parent));
}
