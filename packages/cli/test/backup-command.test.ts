import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pollUntil } from '@bellwether/testkit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { processContext } from '../src/context.ts';
import { runCli } from '../src/run-cli.ts';

vi.setConfig({ testTimeout: 120_000 });

let folder: string;
let place: string;
let database: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bellwether-backup-'));
  place = join(folder, 'backups');
  database = join(folder, 'grafana.db');
  const sqlite = new DatabaseSync(database);
  sqlite.exec("create table dashboard (title text); insert into dashboard values ('Shop')");
  sqlite.close();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function start(...args: readonly string[]) {
  const said: string[] = [];
  const errors: string[] = [];
  const result = { code: 0, said: '', errors: '' };
  let stop = () => {};
  const context = processContext();
  const done = runCli(args, {
    ...context,
    env: { PATH: context.env.PATH },
    home: folder,
    out: (text) => said.push(text),
    err: (text) => errors.push(text),
    setExitCode: (code) => {
      result.code = code;
    },
    onStopSignal: (listener) => {
      stop = () => listener('SIGTERM');
      return () => {};
    },
  }).then(() => ({ ...result, said: said.join('\n'), errors: errors.join('\n') }));
  return { done, stop: () => stop() };
}
const bellwether = (...args: readonly string[]) => start(...args).done;
const backup = (...more: readonly string[]) =>
  bellwether('backup', '--to', place, '--grafana-db', database, ...more);
const stored = () =>
  existsSync(place)
    ? readdirSync(place)
        .filter((name) => name.startsWith('bellwether-'))
        .sort()
    : [];

test.each([
  [['backup'], /--to/],
  [['backup', '--to', 'x'], /Expected something to save, got nothing/],
  [['backup', '--to', 'x', '--grafana-db', 'y', '--keep', 'all'], /Expected --keep to be a number/],
  [['backup', '--to', 'x', '--prometheus', 'http://a'], /--prometheus-data together/],
  [['backup', '--to', 'x', '--alertmanager', 'a'], /Expected --alertmanager to be an address/],
  [['backup', '--to', 'x', '--postgres-url-file', '/none'], /--postgres-url-file to name a file/],
  [['backup', '--to', 's3://', '--grafana-db', 'y'], /Expected a bucket as s3:\/\/bucket\/folder/],
  [['backup', '--to', 's3://vault', '--grafana-db', 'y'], /AWS_ACCESS_KEY_ID/],
  [
    ['backup', '--to', 'x', '--grafana-db', 'y', '--parts', 'redis'],
    /some of postgres, prometheus/,
  ],
  [['restore'], /--from/],
  [['guard', '--listen', '9090', '--upstream', 'x', '--token-file', 'x'], /Expected --listen as/],
])('%j is a wrong option', async (args, message) => {
  const { code, errors } = await bellwether(...args);
  expect([code, errors]).toEqual([2, expect.stringMatching(message)]);
});

test('a database that is none, and a server that is not there, are said', async () => {
  writeFileSync(database, 'not a database');
  expect(await backup()).toMatchObject({
    code: 1,
    errors: expect.stringContaining('ERR_GRAFANA_DATABASE'),
  });
  const { code, errors } = await backup(
    '--alertmanager',
    'http://127.0.0.1:1',
    '--parts',
    'alertmanager',
  );
  expect([code, errors]).toEqual([1, expect.stringContaining('ERR_ALERTMANAGER')]);
  expect(stored()).toEqual([]);
});

test('old enough is said by the exit code', async () => {
  expect((await bellwether('backup', 'list', '--from', place, '--newer-than', '1h')).code).toBe(1);
  expect((await backup()).code).toBe(0);
  expect((await bellwether('backup', 'list', '--from', place, '--newer-than', '1h')).code).toBe(0);
});

test('a key is made once, closed to others, and one that is open is refused', async () => {
  const file = join(folder, 'key');
  const made = await bellwether('backup', 'key', '--out', file);
  expect(made.said).toMatch(/^age1[a-z0-9]{50,}$/);
  const key = readFileSync(file, 'utf8');
  expect(await bellwether('backup', 'key', '--out', file)).toMatchObject({ code: 1 });
  expect(readFileSync(file, 'utf8')).toBe(key);
  const open = join(folder, 'open');
  writeFileSync(open, key, { mode: 0o644 });
  const { code, errors } = await backup('--key', open);
  expect([code, errors]).toEqual([1, expect.stringMatching(/to be closed to other users/)]);
  expect(errors).not.toContain('AGE-SECRET-KEY');
});

test('it runs on, makes one when it is time, keeps what was asked, and stops when told', async () => {
  const running = start(
    ...['backup', '--to', place, '--grafana-db', database],
    ...['--every', '1s', '--keep', '2', '--json'],
  );
  await pollUntil(async () => stored().length > 0, { timeoutMs: 90_000 });
  const [first] = stored();
  await pollUntil(async () => !stored().includes(first ?? ''), { timeoutMs: 90_000 });
  running.stop();
  const { code, said } = await running.done;
  expect(code).toBe(0);
  const made = said.split('\n').map((line) => JSON.parse(line) as { removed: string[] });
  expect(made.length).toBeGreaterThanOrEqual(3);
  expect(made.flatMap(({ removed }) => removed)).toContain(first);
  expect(stored().length).toBeLessThanOrEqual(3);
});

/** Where somebody listened a moment ago. */
async function freedOrigin(): Promise<string> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return `http://127.0.0.1:${port}`;
}

test('a guard that is told so gives up where nobody listens, and not where somebody is slow', async () => {
  const token = join(folder, 'token');
  writeFileSync(token, 'a token of sixteen characters');
  const guard = (upstream: string) =>
    start(
      ...['guard', '--listen', '127.0.0.1:0', '--upstream', upstream],
      ...['--token-file', token, '--give-up', '1s'],
    );
  const server = createServer(() => {});
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const before = guard(origin);
  const gone = await guard(await freedOrigin()).done;
  expect(gone).toMatchObject({
    code: 1,
    errors: expect.stringMatching(/got nobody for 1 s; .+ERR_PROMETHEUS_UNREACHABLE/),
  });
  before.stop();
  server.closeAllConnections();
  server.close();
  expect(await before.done).toMatchObject({ code: 0 });
});

test('a Grafana that answers is not restored over, and its database keeps its group', async () => {
  await backup();
  const server = createServer((_request, response) => void response.end());
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const restore = () =>
    bellwether(
      ...['restore', '--from', place, '--grafana-db', database, '--force'],
      ...['--grafana', origin],
    );
  expect(await restore()).toMatchObject({
    code: 1,
    errors: expect.stringMatching(/Expected no Grafana on .+ stop it first.+ERR_RESTORE_TARGET/),
  });
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  chmodSync(database, 0o640);
  const { gid } = statSync(database);
  expect((await restore()).code).toBe(0);
  expect(statSync(database).gid).toBe(gid);
});

test('Grafana restored: its database, and nothing of the log of the other', async () => {
  await backup();
  const other = new DatabaseSync(database);
  other.exec("pragma journal_mode = wal; insert into dashboard values ('Later')");
  const restore = (...more: string[]) =>
    bellwether('restore', '--from', place, '--grafana-db', database, ...more);
  expect(await restore()).toMatchObject({ code: 1, errors: expect.stringMatching(/--force/) });
  other.close();
  expect(await restore('--dry-run', '--force')).toMatchObject({
    code: 0,
    said: expect.stringContaining('nothing was changed'),
  });
  expect((await restore('--force')).code).toBe(0);
  const now = new DatabaseSync(database, { readOnly: true });
  expect(now.prepare('select title from dashboard').all()).toEqual([{ title: 'Shop' }]);
  now.close();
});
