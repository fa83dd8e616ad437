import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { issueDemoLogins } from '../../examples/shop/dist/database/index.js';

/**
 * One login of each role for the admin area, kept in `admin-logins.json` of the data folder, which only its owner may read.
 * A folder that has them already keeps its passwords.
 */
export async function demoLogins(databaseUrl, dataDir) {
  const file = join(dataDir, 'admin-logins.json');
  const known = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
  const passwords = Object.fromEntries(known.map(({ email, password }) => [email, password]));
  const logins = await issueDemoLogins(databaseUrl, passwords);
  writeFileSync(file, `${JSON.stringify(logins, null, 2)}\n`, { mode: 0o600 });
  return { file, logins };
}

/** For the terminal, and for nothing that is kept. */
export function renderLogins(address, { file, logins }) {
  const lines = logins.map(
    ({ email, role, password }) => `    ${role.padEnd(13)} ${email.padEnd(22)} ${password}`,
  );
  return [
    `  ${'admin area'.padEnd(22)} ${address}/admin`,
    `  ${'monitoring page'.padEnd(22)} ${address}/admin/monitoring/`,
    `  log in as, with passwords made for this run (also in ${file}):`,
    ...lines,
  ].join('\n');
}
