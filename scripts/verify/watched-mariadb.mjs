import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findMariadb, planMariadb, startMariadb } from '../start/services/mariadb.mjs';

/**
 * A MariaDB that nobody uses but its exporter, so that the board of MySQL has something to show. `undefined` where there is none to be had. `plan` is what the
 * stack is told before `start`.
 */
export async function watchedMariadb(say) {
  const programs = findMariadb(say);
  if (programs === undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'bellwether-mariadb-'));
  const plan = await planMariadb(folder);
  let server;
  return {
    plan,
    async start() {
      server = await startMariadb(programs, { dataDir: folder, plan });
      say('  start mariadb: done');
    },
    async stop() {
      await server?.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
