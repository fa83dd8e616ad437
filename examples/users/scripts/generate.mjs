// Generates the Prisma client for MariaDB into src/generated/mysql, and the same for PostgreSQL into src/generated/postgresql. Works
// without a network: see the script of the same name of the shop.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('..', import.meta.url));
const schema = 'prisma/schema.prisma';
const forPostgres = 'prisma/postgresql.generated.prisma';

const text = readFileSync(new URL(`../${schema}`, import.meta.url), 'utf8');
writeFileSync(
  new URL(`../${forPostgres}`, import.meta.url),
  text.replace('"mysql"', '"postgresql"').replace('generated/mysql', 'generated/postgresql'),
);
const statuses = [schema, forPostgres].map(generate);
rmSync(new URL(`../${forPostgres}`, import.meta.url));
process.exitCode = Math.max(...statuses);

function generate(file) {
  const { status } = spawnSync('prisma', ['generate', '--no-hints', '--schema', file], {
    cwd: folder,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1', ...process.env },
  });
  return status ?? 1;
}
