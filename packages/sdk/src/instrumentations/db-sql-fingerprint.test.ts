import { expect, test } from 'vitest';
import { sqlWithoutLiterals } from './db-sql.ts';
import { sqlCollection, sqlFingerprint } from './db-sql-fingerprint.ts';

test.each([
  ['SELECT * FROM orders WHERE id = ?', 'orders'],
  ['SELECT "a"."id" FROM "public"."Order" AS "a" WHERE 1=1', 'Order'],
  ['SELECT `id` FROM `shop`.`profiles` WHERE `tenant_id` = ?', 'profiles'],
  ['INSERT INTO carts(a, b) VALUES (?, ?)', 'carts'],
  ['INSERT INTO carts SELECT * FROM old_carts', 'carts'],
  ['UPDATE ONLY stock SET n = ?', 'stock'],
  ['DELETE FROM sessions', 'sessions'],
  ['CREATE TABLE IF NOT EXISTS things (id INT)', 'things'],
  ['TRUNCATE TABLE logs', 'logs'],
  ['SELECT EXTRACT(YEAR FROM at) FROM visits', 'visits'],
  ['SELECT * FROM (SELECT id FROM inner_one) AS x', 'inner_one'],
  ['SELECT n FROM generate_series(?, ?) AS n JOIN days ON days.n = n', 'days'],
  ['WITH a AS (SELECT ? FROM orders) SELECT * FROM a', 'orders'],
  ['SELECT pg_sleep(?)', undefined],
  ['COMMIT', undefined],
  ['', undefined],
])('%s is about %s', (text, table) => {
  expect(sqlCollection(text)).toBe(table);
});

test('a fingerprint is of the shape alone', () => {
  const of = (sql: string) => sqlFingerprint(sqlWithoutLiterals(sql, 'mysql'));
  const one = of("SELECT * FROM orders WHERE id IN (1, 2, 3) AND name = 'secret'");
  expect(one).toMatch(/^[0-9a-f]{16}$/);
  expect(of("SELECT *  FROM orders\nWHERE id IN (7) AND name = 'other'")).toBe(one);
  expect(of('INSERT INTO a VALUES (1, 2), (3, 4)')).toBe(of('INSERT INTO a VALUES (?, ?)'));
  expect(of("SELECT * FROM carts WHERE id IN (1) AND name = 'secret'")).not.toBe(one);
  expect(sqlFingerprint('SELECT $1, $2')).toBe(sqlFingerprint('SELECT ?'));
});
