import { describe, expect, test } from 'vitest';
import { sqlOperation, sqlWithoutLiterals } from './db-sql.ts';

describe('a statement without literals', () => {
  test.each([
    ["SELECT * FROM t WHERE a = 'x' AND b = 12", 'SELECT * FROM t WHERE a = ? AND b = ?'],
    ["SELECT 'it''s', E'a\\'b', U&'d', x'ff', ''", 'SELECT ?, ?, ?, ?, ?'],
    ["SELECT $$a'b$$, $tag$ $$ x $tag$, $1, $22", 'SELECT ?, ?, $1, $22'],
    [
      'SELECT 1, -2.5, .5, 1e10, 1_000, 0xFF FROM t1, a.b2',
      'SELECT ?, -?, ?, ?, ?, ? FROM t1, a.b2',
    ],
    ['SELECT "a\'b", "c1" -- secret\nFROM /* secret */ t', 'SELECT "a\'b", "c1" FROM t'],
    ["INSERT INTO t VALUES ('open secret", 'INSERT INTO t VALUES (?'],
    ["SELECT '--' , '/*', 5 -- 'x", 'SELECT ? , ?, ?'],
    ['SELECT 1 /* a /* b */ secret */ FROM t', 'SELECT ? FROM t'],
    ['SELECT a[1], b::numeric(10,2) LIMIT 5;', 'SELECT a[?], b::numeric(?,?) LIMIT ?;'],
  ])('%s', (sql, expected) => {
    expect(sqlWithoutLiterals(sql)).toBe(expected);
  });

  test.each([
    ['mysql', 'SELECT "secret", \'a\' FROM `t` # secret', 'SELECT ?, ? FROM `t`'],
    ['mysql', "SELECT 'it''s', _utf8'x', 5 -- secret", 'SELECT ?, _utf8?, ?'],
    ['mysql', "SELECT 'it\\'s', secret", 'SELECT ? ...'],
    ['mssql', 'SELECT N\'secret\', "secret", [a]', 'SELECT ?, ?, [a]'],
    ['sqlite', "SELECT 'a\\', secret, 'b'", 'SELECT ? ...'],
  ])('of %s: %s', (system, sql, expected) => {
    expect(sqlWithoutLiterals(sql, system)).toBe(expected);
  });

  test('a cut inside of a literal shows nothing of it', () => {
    const sql = `SELECT '${'secret'.repeat(5_000)}'`;
    expect(sqlWithoutLiterals(sql)).toBe('SELECT ?');
  });

  test('takes no long time over hostile text', () => {
    const start = performance.now();
    const systems = ['postgresql', 'mysql', 'unknown'];
    for (const system of systems)
      for (const piece of ["'", '"', '$a$', '/*', '(', '--', "e'\\", '1.', '$']) {
        sqlWithoutLiterals(piece.repeat(100_000), system);
        sqlOperation(piece.repeat(100_000));
      }
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});

test.each([
  ['select 1', 'SELECT'],
  ['  /* who */ -- why\n (SELECT 1) UNION ALL SELECT 2', 'SELECT'],
  ['BEGIN;', 'BEGIN'],
  ['', undefined],
  ["'x'", undefined],
  ['$1', undefined],
])('the operation of %j', (sql, expected) => {
  expect(sqlOperation(sql)).toBe(expected);
});
