import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promQuery, startStack } from '@bellwether/cli';
import {
  type MetricPoint,
  type OtlpReceiver,
  pollUntil,
  runProgram,
  startOtlpReceiver,
  startPostgres,
} from '@bellwether/testkit';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { root } from './support/repository.ts';

const { findMariadb, planMariadb, startMariadb } = await import(
  pathToFileURL(join(root, 'scripts/start/services/mariadb.mjs')).href
);
/** `npm test` installs it where it may; elsewhere nothing of this is tried. */
const programs = findMariadb(() => {}, { install: false });
/** Under load on two cores everything takes its time. */
const patience = { timeoutMs: 120_000 };
const DURATION = 'db.client.operation.duration';

interface MonitorPlan {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly passwordFile: string;
}

describe.runIf(programs !== undefined)('on MariaDB', () => {
  let folder: string;
  let plan: MonitorPlan;
  let server: { readonly url: string; stop(): Promise<void> };
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'bellwether-mariadb-'));
    plan = await planMariadb(folder);
    server = await startMariadb(programs, { dataDir: folder, plan });
  }, 180_000);
  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const run = (receiver: OtlpReceiver, file: string, env: Record<string, string> = {}) =>
    runProgram({
      file: join(root, file),
      imports: ['@bellwether/sdk/register'],
      nodeArgs: ['--disable-warning=ExperimentalWarning'],
      cwd: join(root, 'packages/sdk'),
      timeoutMs: 240_000,
      env: {
        DATABASE_URL: server.url,
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
        BELLWETHER_PREAMBLE: 'false',
        ...env,
      },
    });

  test('statements of mariadb count once, as the tenant that asked, and the pool is watched', async () => {
    const receiver = await startOtlpReceiver();
    const program = run(receiver, 'packages/sdk/test/programs/mariadb-calls.cjs');
    expect(await program.exited, program.stderr).toEqual({ code: 0, signal: null });
    expect(program.stdout.trim().split('\n').sort()).toEqual([
      ...['ER_DUP_ENTRY', 'acme is acme', 'initech is initech', 'umbrella is umbrella'],
    ]);
    expect(countsOf(receiver, 'mariadb')).toEqual({
      'acme SELECT': 2,
      'acme START': 1,
      'acme CREATE': 1,
      'acme INSERT': 1,
      'acme INSERT 1062': 1,
      'acme ROLLBACK': 1,
      'umbrella SELECT': 1,
      'initech SELECT': 1,
    });
    const texts = receiver.spans({ kind: 'client' }).map(({ attributes }) => attributes);
    expect(texts.map((attributes) => attributes['db.query.text'])).toContain('SELECT SLEEP(?), ?');
    expect(JSON.stringify(texts)).not.toContain('secret');
    // Three queries and one connection taken by hand: each asked the pool once.
    expect(sum(receiver.points('db.client.connection.wait_time'))).toBe(4);
    const most = receiver.history('db.client.connection.max').map(({ value }) => value ?? 0);
    expect(most.length).toBeGreaterThan(0);
    expect(most.filter((value) => value > 1)).toEqual([]);
    expect(sum(receiver.points('db.client.connection.count'))).toBe(0);
  }, 300_000);

  test.each(['mysql2', 'mysql2v2'])(
    'the same of %s, and what is slow by its table',
    async (name) => {
      const receiver = await startOtlpReceiver();
      const file = 'packages/sdk/test/programs/mysql2-calls.cjs';
      const program = run(receiver, file, {
        MYSQL2: name,
        OTEL_METRIC_EXPORT_INTERVAL: '100',
      });
      expect(await program.exited, program.stderr).toEqual({ code: 0, signal: null });
      expect(program.stdout.trim().split('\n').sort()).toEqual([
        ...['ER_DUP_ENTRY', 'acme is acme', 'initech is initech', 'umbrella is umbrella'],
      ]);
      expect(countsOf(receiver, 'mariadb')).toEqual(countsOfMysql2);
      const spans = receiver.spans({ kind: 'client' }).map(({ attributes }) => attributes);
      expect(spans.map((attributes) => attributes['db.query.text'])).toContain(
        'SELECT SLEEP(?), ? AS it, ?',
      );
      expect(JSON.stringify(spans)).not.toContain('secret');
      // What the pool was asked: by itself for statements, and once by hand.
      expect(sum(receiver.points('db.client.connection.wait_time'))).toBe(10);
      const most = receiver.history('db.client.connection.max').map(({ value }) => value ?? 0);
      expect(most).toContain(1);
      const used = receiver.history('db.client.connection.count', {
        'db.client.connection.state': 'used',
      });
      expect(used.map(({ value }) => value)).toContain(1);
      expect(sum(receiver.points('db.client.connection.count'))).toBe(0);
      expect(sum(receiver.points('db.client.connection.pending_requests'))).toBe(0);

      const slow = { 'db.operation.name': 'UPDATE', 'db.collection.name': 'entries' };
      expect(
        receiver.points('db.client.operation.slow', { ...slow, 'tenant.id': 'initech' }),
      ).toMatchObject([{ value: 1, unit: '{operation}' }]);
      expect(
        spans.find((attributes) => attributes['db.operation.name'] === 'UPDATE'),
      ).toMatchObject({
        'db.query.text': 'UPDATE entries SET note = ? WHERE SLEEP(?) = ?',
        'db.collection.name': 'entries',
        'bellwether.db.slow': true,
        'bellwether.db.fingerprint': expect.stringMatching(/^[0-9a-f]{16}$/),
      });
    },
    300_000,
  );

  test('a copy of mysql2 that cannot be patched is heard on its channels', async () => {
    const copy = copyUnderAnotherName('mysql2');
    const receiver = await startOtlpReceiver();
    const file = 'packages/sdk/test/programs/mysql2-calls.cjs';
    const program = run(receiver, file, { MYSQL2: copy });
    expect(await program.exited, program.stderr).toEqual({ code: 0, signal: null });
    expect(countsOf(receiver, 'mysql')).toEqual(countsOfMysql2);
    expect(sum(receiver.points('db.client.connection.wait_time'))).toBe(10);
    expect(textsOf(receiver)).not.toContain('secret');
  }, 300_000);

  test('pools below the adapters of Prisma: who is in, who waits; and its operations by model and tenant', async () => {
    const postgres = await startPostgres();
    const receiver = await startOtlpReceiver();
    const program = run(receiver, 'test/programs/prisma-pools.mjs', {
      ...{ MARIADB_URL: server.url, POSTGRES_URL: postgres.url },
      OTEL_METRIC_EXPORT_INTERVAL: '200',
    });
    await program.waitForLine(/^held$/);
    const pools = [`127.0.0.1:${plan.port}/users`, `127.0.0.1:${postgres.port}/postgres`];
    const numbers = (pool: string) => {
      const one = (name: string, more = {}) =>
        sum(receiver.points(name, { 'db.client.connection.pool.name': pool, ...more }));
      const state = 'db.client.connection.state';
      return {
        used: one('db.client.connection.count', { [state]: 'used' }),
        pending: one('db.client.connection.pending_requests'),
        max: one('db.client.connection.max'),
      };
    };
    const full = JSON.stringify(pools.map(() => ({ used: 2, pending: 1, max: 2 })));
    await pollUntil(() => JSON.stringify(pools.map(numbers)) === full, {
      ...patience,
      message: full,
    });
    program.kill('SIGUSR2');
    expect(await program.exited, program.stderr).toEqual({ code: 0, signal: null });
    for (const pool of pools) {
      expect(numbers(pool)).toEqual({ used: 0, pending: 0, max: 0 });
      const asked = { 'db.client.connection.pool.name': pool };
      const waits = receiver.points('db.client.connection.wait_time', asked);
      expect(waits[0]?.attributes).not.toHaveProperty('tenant.id');
      expect(sum(waits)).toBeGreaterThanOrEqual(3);
    }

    for (const tenant of ['acme', 'umbrella']) {
      const operations = receiver.points('prisma.client.operation.duration', {
        'tenant.id': tenant,
      });
      const counts = operations.map(({ attributes, count }) => [
        `${attributes['prisma.model']} ${attributes['prisma.action']}`,
        count,
      ]);
      const once = ['create', 'delete', 'findMany', 'update'];
      // One on each of the two databases.
      expect(counts.sort()).toEqual(once.map((action) => [`Profile ${action}`, 2]));
    }
    expect(textsOf(receiver)).not.toContain('secret');
  }, 300_000);

  test('the exporter of the stack tells what the board asks for, and sees into no table', async ({
    skip,
  }) => {
    const dataDir = join(folder, 'stack');
    const stack = await startStack({ dataDir, services: ['prometheus'], mysql: plan });
    onTestFinished(() => stack.stop());
    const { mysqlExporter, prometheus } = stack.addresses as Record<string, string>;
    if (mysqlExporter === undefined || prometheus === undefined)
      return skip('the exporter is not to be had here');
    const one = async (query: string) => (await promQuery(prometheus, query))[0]?.value;
    await pollUntil(async () => (await one('mysql_up{job="mysql-exporter"}')) === 1, {
      ...patience,
      everyMs: 500,
      message: 'mysql_up',
    });
    const page = await (await fetch(mysqlExporter)).text();
    for (const name of metricsOfTheBoard()) expect(page).toMatch(new RegExp(`^${name}[ {]`, 'm'));
    // What nobody asks for is not kept.
    expect(await one('count({__name__=~"mysql_global_variables_.*"})')).toBeLessThan(10);
    const mariadb = createRequire(join(root, 'packages/sdk/package.json'))('mariadb');
    const monitor = await mariadb.createConnection({
      ...{ host: plan.host, port: plan.port, user: plan.user, database: 'users' },
      password: readFileSync(plan.passwordFile, 'utf8'),
    });
    await expect(monitor.query('SELECT * FROM entries')).rejects.toMatchObject({
      code: 'ER_TABLEACCESS_DENIED_ERROR',
    });
    await monitor.end();
  }, 300_000);

  /** Deep in the repository, so that it finds what it needs. */
  function copyUnderAnotherName(name: string): string {
    const require = createRequire(join(root, 'packages/sdk/package.json'));
    const place = mkdtempSync(join(root, 'packages/sdk/test/.renamed-'));
    onTestFinished(() => rmSync(place, { recursive: true, force: true }));
    const manifest = require.resolve(`${name}/package.json`);
    const copy = join(place, 'node_modules/bundled');
    cpSync(dirname(manifest), copy, { recursive: true });
    const said = JSON.parse(readFileSync(manifest, 'utf8'));
    writeFileSync(join(copy, 'package.json'), JSON.stringify({ ...said, name: 'bundled' }));
    return copy;
  }
});

const countsOfMysql2 = {
  CREATE: 1,
  REPLACE: 1,
  'acme SELECT': 2,
  'acme START': 1,
  'acme INSERT': 1,
  'acme INSERT 1062': 1,
  'acme ROLLBACK': 1,
  'umbrella SELECT': 2,
  'umbrella SELECT 1146': 1,
  'initech SELECT': 1,
  'initech UPDATE': 1,
};

const sum = (points: readonly MetricPoint[]) =>
  points.reduce((total, { value, count }) => total + (value ?? count ?? 0), 0);

function countsOf(receiver: OtlpReceiver, system: string): Record<string, number | undefined> {
  const durations = receiver.points(DURATION, {
    'db.system.name': system,
    'db.namespace': 'users',
  });
  return Object.fromEntries(
    durations.map(({ attributes, count }) => [
      ['tenant.id', 'db.operation.name', 'db.response.status_code']
        .map((name) => attributes[name])
        .filter(Boolean)
        .join(' '),
      count,
    ]),
  );
}

const textsOf = (receiver: OtlpReceiver) =>
  JSON.stringify(receiver.spans().map(({ name, attributes }) => [name, attributes]));

/** All but what only a replica has. */
function metricsOfTheBoard(): readonly string[] {
  const board = readFileSync(
    join(root, 'grafana/dashboards/infrastructure/bellwether-mysql.json'),
    'utf8',
  );
  const names = new Set(board.match(/\bmysql_\w+/g));
  return [...names].filter((name) => !name.startsWith('mysql_slave_'));
}
