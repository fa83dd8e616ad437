import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { grafanaTarget } from './grafana-part.ts';

let folder: string;
let database: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bellwether-grafana-'));
  database = join(folder, 'grafana.db');
  writeFileSync(database, 'a database');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const part = { name: 'grafana', server: 'SQLite 3', files: [] } as const;
const checkAs = (uid: number, groups: readonly number[]) =>
  grafanaTarget({ database }, { pid: 1, uid, groups }).check(true, part);

test('who restores is the user who has the database, in its group, or root', async () => {
  const { uid, gid } = statSync(database);
  const [stranger, strange] = [uid + 1, gid + 1];
  for (const [user, groups] of [
    [uid, []],
    [0, []],
    [stranger, [strange, gid]],
  ] as const)
    await expect(checkAs(user, groups)).resolves.toContain(database);
  await expect(checkAs(stranger, [strange])).rejects.toThrow(
    `Expected to be the user ${uid} of ${database}, in its group ${gid}, or root, got user ${stranger}`,
  );
});
