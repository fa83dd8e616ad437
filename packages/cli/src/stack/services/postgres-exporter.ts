import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { type DebianProgram, ensureDebianProgram } from '../../servers/ensure-debian-program.ts';
import { POSTGRES_NAME } from '../addresses.ts';
import { httpReady } from '../http-ready.ts';
import type { Service, ServiceRun } from '../service.ts';
import { passwordFile } from './postgres.ts';
import { postgresExporterQueries } from './postgres-exporter-queries.ts';

export const POSTGRES_EXPORTER: DebianProgram = {
  name: 'postgres_exporter',
  variable: 'BELLWETHER_POSTGRES_EXPORTER',
  onPath: ['postgres_exporter', 'prometheus-postgres-exporter'],
  package: 'prometheus-postgres-exporter',
  file: 'usr/bin/prometheus-postgres-exporter',
};

/** A role that may look at everything that PostgreSQL counts, and at no table. */
const ROLE = 'bellwether_monitor';

export const postgresExporter: Service = {
  name: 'postgres-exporter',
  needs: ['postgres'],
  optional: true,
  program: async (context, say) =>
    (await ensureDebianProgram(POSTGRES_EXPORTER, { context, say })).file,
  async prepare(run) {
    const password = randomBytes(24).toString('base64url');
    writeFileSync(secretFile(run), password, { mode: 0o600 });
    await grantRole(run, password);
    const queries = await postgresExporterQueries(run.program);
    writeFileSync(queriesFile(run), queries);
  },
  command: (run) => ({
    file: run.program,
    args: [
      `--web.listen-address=127.0.0.1:${run.port('postgresExporter')}`,
      // 0.11 asks for columns that PostgreSQL 17 has moved; what it would have said comes from our queries.
      '--no-collector.bgwriter',
      `--extend.query-path=${queriesFile(run)}`,
      '--log.format=json',
    ],
    env: {
      DATA_SOURCE_URI: `127.0.0.1:${run.port('postgres')}/${POSTGRES_NAME}?sslmode=disable`,
      DATA_SOURCE_USER: ROLE,
      DATA_SOURCE_PASS_FILE: secretFile(run),
    },
  }),
  ready: (run) => httpReady(`http://127.0.0.1:${run.port('postgresExporter')}/`),
};

const secretFile = (run: ServiceRun) => join(run.folder, 'password');
const queriesFile = (run: ServiceRun) => join(run.folder, 'queries.yaml');

/** A new password at every start: the old one is worth nothing then. */
async function grantRole(run: ServiceRun, password: string): Promise<void> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port: run.port('postgres'),
    user: POSTGRES_NAME,
    password: readFileSync(passwordFile(run.dataDir), 'utf8').trim(),
    database: POSTGRES_NAME,
    connectionTimeoutMillis: 5_000,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rowCount } = await client.query('select from pg_roles where rolname = $1', [ROLE]);
    if (rowCount === 0) await client.query(`create role ${ROLE}`);
    const secret = client.escapeLiteral(password);
    await client.query(`alter role ${ROLE} login connection limit 5 password ${secret}`);
    await client.query(`alter role ${ROLE} set statement_timeout = '5s'`);
    await client.query(`grant pg_monitor to ${ROLE}`);
  } finally {
    await client.end().catch(() => {});
  }
}
