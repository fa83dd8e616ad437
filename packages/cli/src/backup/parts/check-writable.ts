import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { CliError } from '../../cli-error.ts';

/** Throws ERR_RESTORE_TARGET where this user may not write into the folder, or may not make it. */
export function checkWritable(folder: string): void {
  const there = nearest(folder);
  try {
    accessSync(there, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new CliError(
      'ERR_RESTORE_TARGET',
      `Expected to be allowed to write to ${there}, got a refusal; restore as its user (${statSync(there).uid}), or correct its owner or mode.`,
      { cause: error },
    );
  }
}

const nearest = (folder: string): string =>
  existsSync(folder) || dirname(folder) === folder ? folder : nearest(dirname(folder));
