import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CliError } from '../../cli-error.ts';
import type { Context } from '../../context.ts';
import { findOnPath, isExecutable } from '../../servers/find-on-path.ts';

const run = promisify(execFile);

/** Folder with pg_dump and pg_restore. */
const VARIABLE = 'BELLWETHER_PG_BIN';
/** Where Debian puts every major version. */
const DEBIAN = '/usr/lib/postgresql';

/**
 * pg_dump or pg_restore of the server's major version or a newer one: an older one refuses to work. From BELLWETHER_PG_BIN, PATH, or Debian's folders.
 *
 * Throws ERR_POSTGRES_CLIENT.
 */
export async function postgresProgram(
  name: 'pg_dump' | 'pg_restore',
  major: number,
  context: Context,
): Promise<string> {
  const seen: string[] = [];
  for (const file of candidates(name, context)) {
    const version = await versionOf(file);
    if (version !== undefined && Number.parseInt(version, 10) >= major) return file;
    seen.push(`${file} (${version ?? 'unknown version'})`);
  }
  throw new CliError(
    'ERR_POSTGRES_CLIENT',
    `Expected ${name} of PostgreSQL ${major} or newer, got ${seen.join(', ') || 'none'}; install postgresql-client-${major}, or name its folder by ${VARIABLE}.`,
  );
}

function candidates(name: string, context: Context): readonly string[] {
  const given = context.env[VARIABLE];
  if (given) return [join(given, name)].filter(isExecutable);
  const onPath = findOnPath([name], context);
  const debian = existsSync(DEBIAN)
    ? readdirSync(DEBIAN)
        .sort((a, b) => Number(b) - Number(a))
        .map((version) => join(DEBIAN, version, 'bin', name))
    : [];
  return [...(onPath === undefined ? [] : [onPath]), ...debian.filter(isExecutable)];
}

async function versionOf(file: string): Promise<string | undefined> {
  try {
    const { stdout } = await run(file, ['--version'], { timeout: 10_000 });
    return /\(PostgreSQL\) (\S+)/.exec(stdout)?.[1];
  } catch {
    return undefined;
  }
}
