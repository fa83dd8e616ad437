import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const bin = fileURLToPath(new URL('../dist/bin.js', import.meta.url));
let folder: string;
let child: ChildProcess | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bellwether-unread-'));
});
afterEach(() => {
  child?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** A command whose standard output nobody reads, as behind `| true`. */
async function unread(...args: readonly string[]) {
  const started = spawn(process.execPath, [bin, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  child = started;
  started.stdout.destroy();
  let said = '';
  started.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const [code] = await once(started, 'close');
  return { code, said };
}

test('a command whose output nobody reads ends as it would have', async () => {
  expect(await unread('size', '--help')).toEqual({ code: 0, said: '' });
});

test('one that runs on ends, when it has something to say, and not in the middle', async () => {
  const database = join(folder, 'grafana.db');
  const sqlite = new DatabaseSync(database);
  sqlite.exec('create table dashboard (title text)');
  sqlite.close();
  const place = join(folder, 'backups');
  const given = ['--to', place, '--grafana-db', database, '--every', '1h'];
  const { code, said } = await unread('backup', ...given);
  expect(said).not.toContain('EPIPE');
  expect(code).toBe(0);
  expect(readdirSync(place).filter((name) => name.endsWith('.tar'))).toHaveLength(1);
});
