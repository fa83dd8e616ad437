import { expect, test } from 'vitest';
import type { DbOperation } from './db-call-kind.ts';
import { DbCallKinds } from './db-call-kinds.ts';

const get: DbOperation = {
  system: 'redis',
  name: 'GET',
  namespace: '0',
  address: 'cache',
  port: 6379,
  text: () => 'GET ?',
};

test('a kind is found by server, word and number, and starts its spans with one frozen object', () => {
  const kinds = new DbCallKinds();
  expect(kinds.find(0, 'cache', 6379, 'GET', 1)).toBeUndefined();
  const kind = kinds.keep(0, 'cache', 6379, 'GET', 1, get);
  expect(kinds.find(0, 'cache', 6379, 'GET', 1)).toBe(kind);
  for (const other of [
    kinds.find(1, 'cache', 6379, 'GET', 1),
    kinds.find(0, 'other', 6379, 'GET', 1),
    kinds.find(0, 'cache', 6380, 'GET', 1),
    kinds.find(0, 'cache', 6379, 'SET', 1),
    kinds.find(0, 'cache', 6379, 'GET', 2),
  ]) {
    expect(other).toBeUndefined();
  }
  expect(kind.spanName).toBe('GET 0');
  expect(kind.span).toBe(kind.span);
  expect(Object.isFrozen(kind.span.attributes)).toBe(true);
  expect(kind.span.attributes).toEqual({
    'db.system.name': 'redis',
    'db.operation.name': 'GET',
    'db.namespace': '0',
    'server.address': 'cache',
    'server.port': 6379,
    'db.query.text': 'GET ?',
  });
});

test('SQL with literals in it does not stay for ever', () => {
  const kinds = new DbCallKinds();
  for (let index = 0; index < 1_001; index++) {
    kinds.keep('shop', 'db', 5432, `SELECT ${index}`, 0, { ...get, system: 'postgresql' });
  }
  expect(kinds.find('shop', 'db', 5432, 'SELECT 999', 0)).toBeUndefined();
  expect(kinds.find('shop', 'db', 5432, 'SELECT 1000', 0)).toBeDefined();
});

test('a statement of thousands of rows is described and not kept', () => {
  const kinds = new DbCallKinds();
  const insert = `INSERT INTO a VALUES ${'(?, ?), '.repeat(1_000)}`;
  const kind = kinds.keep('shop', 'db', 5432, insert, 0, { ...get, system: 'postgresql' });
  expect(kind.spanName).toBe('GET 0');
  expect(kinds.find('shop', 'db', 5432, insert, 0)).toBeUndefined();
});

test('a batch of any size is described, few sizes are kept', () => {
  const kinds = new DbCallKinds();
  const kind = kinds.keep(0, 'cache', 6379, 'MULTI', 5_000, { ...get, batchSize: 5_000 });
  expect(kind.span.attributes).toMatchObject({ 'db.operation.batch.size': 5_000 });
  expect(kinds.find(0, 'cache', 6379, 'MULTI', 5_000)).toBeUndefined();
});
