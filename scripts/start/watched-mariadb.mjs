import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mariadb from 'mariadb';
import { findMariadb, planMariadb, startMariadb } from './services/mariadb.mjs';

/**
 * A MariaDB with a row a second, so that the board of MySQL has something to show. `undefined` where there is none to be had. `plan` is what the
 * stack is told before the first `start`; after `stop` it starts again with what it had; `end` stops it and removes what it had.
 */
export async function watchedMariadb(say) {
  const programs = findMariadb(say);
  if (programs === undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'bellwether-mariadb-'));
  const plan = await planMariadb(folder);
  let server;
  let client;
  let beat;
  const stop = async () => {
    clearInterval(beat);
    await client?.end().catch(() => {});
    await server?.stop();
  };
  return {
    plan,
    stop,
    async start() {
      server = await startMariadb(programs, { dataDir: folder, plan });
      client = await mariadb.createConnection(server.url.replace(/^mysql:/, 'mariadb:'));
      client.on('error', () => {});
      await client.query(
        'CREATE TABLE IF NOT EXISTS visits (id INT AUTO_INCREMENT PRIMARY KEY, at DATETIME)',
      );
      beat = setInterval(() => {
        client.query('INSERT INTO visits (at) VALUES (NOW())').catch(() => {});
      }, 1_000);
      say('  start mariadb: done');
    },
    async end() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
