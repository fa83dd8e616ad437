import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type MetricPoint, runProgram, startOtlpReceiver } from '@bellwether/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { root } from './support/repository.ts';

const { findMariadb, startMariadb } = await import(
  pathToFileURL(join(root, 'scripts/start/services/mariadb.mjs')).href
);
/** `npm test` installs it where it may; elsewhere nothing of this is tried. */
const programs = findMariadb(() => {}, { install: false });

test.runIf(programs !== undefined)(
  'statements of the driver of MariaDB count once, as the tenant that asked, and the pool is watched',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bellwether-mariadb-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const server = await startMariadb(programs, { dataDir: folder });
    onTestFinished(server.stop);
    const receiver = await startOtlpReceiver();
    const program = runProgram({
      file: join(root, 'packages/sdk/test/programs/mariadb-calls.cjs'),
      imports: ['@bellwether/sdk/register'],
      cwd: join(root, 'packages/sdk'),
      timeoutMs: 120_000,
      env: {
        DATABASE_URL: server.url,
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
        BELLWETHER_PREAMBLE: 'false',
      },
    });
    expect(await program.exited, program.stderr).toEqual({ code: 0, signal: null });
    expect(program.stdout.trim().split('\n').sort()).toEqual([
      ...['ER_DUP_ENTRY', 'acme is acme', 'initech is initech', 'umbrella is umbrella'],
    ]);

    const durations = receiver.points('db.client.operation.duration', {
      'db.system.name': 'mariadb',
      'db.namespace': 'users',
    });
    const counts = Object.fromEntries(
      durations.map(({ attributes, count }) => [
        ['tenant.id', 'db.operation.name', 'db.response.status_code']
          .map((name) => attributes[name])
          .filter(Boolean)
          .join(' '),
        count,
      ]),
    );
    expect(counts).toEqual({
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

    const sum = (points: readonly MetricPoint[]) =>
      points.reduce((total, { value, count }) => total + (value ?? count ?? 0), 0);
    // Three queries and one connection taken by hand: each asked the pool once.
    expect(sum(receiver.points('db.client.connection.wait_time'))).toBe(4);
    const most = receiver.history('db.client.connection.max').map(({ value }) => value ?? 0);
    expect(most.every((value) => value === 0 || value === 1)).toBe(true);
    expect(sum(receiver.points('db.client.connection.count'))).toBe(0);
  },
  300_000,
);
