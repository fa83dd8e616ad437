import { execFile, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';

const run = promisify(execFile);
const bin = fileURLToPath(new URL('../dist/bin.js', import.meta.url));
/** Mounts of its own; who is not root is root of those. */
const privately = ['--mount', ...(process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'])];
const mayMount =
  spawnSync('unshare', [...privately, 'mount', '-t', 'tmpfs', 'x', '/mnt']).status === 0;

let folder: string;
let disk: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bellwether-full-disk-'));
  disk = join(folder, 'disk');
  mkdirSync(disk);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A database of so many bytes that no one can make smaller. */
function database(name: string, bytes: number): string {
  const file = join(folder, name);
  const sqlite = new DatabaseSync(file);
  sqlite.exec('create table dashboard (content blob)');
  sqlite.prepare('insert into dashboard values (?)').run(randomBytes(bytes));
  sqlite.close();
  return file;
}

/** Runs the lines of a script on a disk of 4 MiB that only they see; `$disk` and `$folder` are theirs, `bellwether` says its exit code and last line. */
async function onSmallDisk(lines: readonly string[]): Promise<readonly string[]> {
  const script = join(folder, 'script.sh');
  writeFileSync(
    script,
    [
      'set -u; folder=$1; disk=$2; node=$3; bin=$4',
      'mount -t tmpfs -o size=4m tmpfs "$disk" || exit 1',
      'bellwether() { "$node" "$bin" "$@" >"$folder/said" 2>&1; code=$?; echo "$code $(tail -n 1 "$folder/said")"; }',
      ...lines,
    ].join('\n'),
  );
  const { stdout } = await run('unshare', [
    ...[...privately, 'sh', script, folder, disk, process.execPath, bin],
  ]);
  return stdout.trim().split('\n');
}

test.runIf(mayMount)(
  'a disk that fills while the archive is written: a clear line, and the earlier backup is whole',
  async () => {
    const [small, large] = [database('small.db', 1_000_000), database('large.db', 5_000_000)];
    const said = await onSmallDisk([
      `bellwether backup --to "$disk/backups" --work "$folder/work" --grafana-db ${small}`,
      'ls "$disk/backups" >"$folder/before"',
      // Saved beside it, so that it is the archive that fills the disk; then on the same disk, where the saved database does.
      `bellwether backup --to "$disk/backups" --work "$folder/work" --grafana-db ${large} --keep 1`,
      `bellwether backup --to "$disk/backups" --grafana-db ${large} --keep 1`,
      'ls -A "$disk/backups" | grep -v "^.lock$" | diff - "$folder/before" && echo nothing else there',
      'bellwether backup verify --from "$disk/backups"',
      'ls -A "$folder/work" | wc -l',
    ]);
    expect(said).toEqual([
      expect.stringMatching(/^0 bellwether-\d+T\d+Z\.tar in /),
      expect.stringMatching(
        /^1 bellwether: Expected room in \S+\/backups, got a full disk; .+ \[ERR_BACKUP_STORE\]$/,
      ),
      expect.stringMatching(
        /^1 bellwether: Expected room in \S+\/backups for what is saved .+, got a full disk; .+ \[ERR_BACKUP_STORE\]$/,
      ),
      'nothing else there',
      expect.stringMatching(/^0 bellwether-\S+: well;/),
      '0',
    ]);
  },
  120_000,
);
