import { type PostgresServer, startPostgres } from '@bellwether/testkit';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { commit } from '../src/database/commit.ts';
import { type Database, openDatabase } from '../src/database/database.ts';
import { migrate } from '../src/database/migrate.ts';
import { startCommitCutter } from './cut-commit.ts';

let postgres: PostgresServer;
let cutter: Awaited<ReturnType<typeof startCommitCutter>>;
let database: Database;
let effects: string[];

beforeAll(async () => {
  postgres = await startPostgres();
  await migrate(postgres.url);
  cutter = await startCommitCutter(postgres.url);
  database = openDatabase(cutter.url, 3);
});

afterAll(async () => {
  await database?.$disconnect();
  await cutter?.stop();
  await postgres?.stop();
});

beforeEach(() => {
  effects = [];
});

const write = (id: string) =>
  commit(database, async (tx, onCommit) => {
    await tx.tenant.create({ data: { id, name: id, currencies: [] } });
    onCommit(() => effects.push(id));
    return id;
  });
const written = async (id: string) => (await database.tenant.count({ where: { id } })) === 1;

test('effects run once after the commit, with what the work returned', async () => {
  expect(await write('plain')).toBe('plain');
  expect(effects).toEqual(['plain']);
});

test('work that throws commits nothing and has no effect', async () => {
  const failing = commit(database, async (tx, onCommit) => {
    await tx.tenant.create({ data: { id: 'thrown', name: 'thrown', currencies: [] } });
    onCommit(() => effects.push('thrown'));
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(effects).toEqual([]);
  expect(await written('thrown')).toBe(false);
});

test('the connection breaks before PostgreSQL hears COMMIT: an error and no effect', async () => {
  cutter.cutNext('before');
  await expect(write('unheard')).rejects.toThrow();
  expect(effects).toEqual([]);
  expect(await written('unheard')).toBe(false);
});

test('the connection breaks after PostgreSQL has committed: the effect runs, exactly once', async () => {
  cutter.cutNext('after');
  expect(await write('unanswered')).toBe('unanswered');
  expect(effects).toEqual(['unanswered']);
  expect(await written('unanswered')).toBe(true);
});
