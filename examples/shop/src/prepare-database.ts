import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { prepareDatabase } from './database/prepare-database.ts';
import { withSecretFiles } from './secret-files.ts';

interface Options {
  readonly keyName: string;
  readonly keys?: string;
  readonly keyDigests?: string;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

const program = new Command('prepare-database')
  .description(
    'Migrates and seeds the database in DATABASE_URL (or the file in DATABASE_URL_FILE) and issues one API key per tenant.',
  )
  .option('--key-name <name>', 'the keys of this name are replaced', 'default')
  .option('--keys <file>', 'write the tenants with their keys to this file (mode 600)')
  .option(
    '--key-digests <file>',
    'write the tenant of each key, by its SHA-256, for who has to know keys without having them (mode 600)',
  )
  .action(async ({ keyName, keys, keyDigests }: Options) => {
    const { DATABASE_URL: databaseUrl } = withSecretFiles(process.env, ['DATABASE_URL']);
    if (databaseUrl === undefined) {
      return program.error('Expected DATABASE_URL to be a PostgreSQL address, got nothing');
    }
    const { applied, tenants } = await prepareDatabase(databaseUrl, { keyName });
    const text = `${JSON.stringify(tenants, null, 2)}\n`;
    console.error(
      `${applied.length} migration(s) applied, ${tenants.length} tenants: ${tenants.map(({ id }) => id).join(', ')}`,
    );
    if (keyDigests !== undefined) {
      const digests = Object.fromEntries(tenants.map(({ id, apiKey }) => [sha256(apiKey), id]));
      writeFileSync(keyDigests, JSON.stringify(digests), { mode: 0o600 });
    }
    if (keys === undefined) process.stdout.write(text);
    else writeFileSync(keys, text, { mode: 0o600 });
  });

try {
  await program.parseAsync();
} catch (error) {
  const { message, code } = error as Error & { code?: string };
  program.error(
    `Expected the database in DATABASE_URL to be there and to be ours to change, got: ${message || code}`,
  );
}
