import { fuzz, hostileText, hostileValue } from '@bellwether/testkit/fuzz';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sqlOperation, sqlWithoutLiterals } from './db-sql.ts';
import { rememberStatements } from './db-sql-cache.ts';
import { redisFailure } from './redis-operation.ts';

const piece = fc.oneof(
  hostileText(),
  fc.constantFrom(
    'SELECT',
    '/*',
    '*/',
    '--',
    '\n',
    "'",
    "E'",
    '"',
    '$$',
    '$a$',
    '(',
    '\\',
    '1',
    '.',
    ' ',
  ),
);
const repeated = fc
  .tuple(
    fc.constantFrom('/**/', '/* */ ', '(', ' ', '1', '1_', '1.', "'", '$', '--\n', '"', 'E'),
    fc.nat(4_000),
  )
  .map(([text, times]) => text.repeat(times));
const statement = fc
  .array(fc.oneof({ weight: 5, arbitrary: piece }, repeated), { maxLength: 8 })
  .map((parts) => parts.join(''));

fuzz(
  'a statement of whatever is read in no time, and comes out in one line',
  statement,
  (sql) => {
    const operation = sqlOperation(sql);
    if (operation !== undefined) expect(operation).toMatch(/^[A-Z]{1,30}$/);
    const text = sqlWithoutLiterals(sql);
    expect(text.length).toBeLessThanOrEqual(4_000);
    expect(text).not.toMatch(/[\n\r]/);
  },
  {
    runs: 200,
    slowestMs: 500,
    corpus: [
      `${'/**/'.repeat(1_000)}1`,
      `${'/**/'.repeat(30)}${'a'.repeat(40)}`,
      `${'1'.repeat(4_000)}a`,
    ],
  },
);

fuzz(
  'the value of a literal does not come out, whatever is in it',
  fc.tuple(hostileText(), fc.constantFrom("'", 'text'), fc.nat()),
  ([value, how, number]) => {
    const secret = `s3cret${value}`;
    const literal = how === "'" ? `'${secret.replaceAll("'", "''")}'` : dollarQuoted(secret);
    const text = sqlWithoutLiterals(`SELECT * FROM t WHERE a = ${literal} AND b = ${number}`);
    expect(text).not.toContain('s3cret');
    if (secret.length < 3_000) expect(text).toBe('SELECT * FROM t WHERE a = ? AND b = ?');
  },
  { runs: 200 },
);
const dollarQuoted = (text: string) => `$q$${text.replaceAll('$', '')}$q$`;

fuzz(
  'what a Redis command failed with is a word, not what was in it',
  hostileValue(),
  (make) => {
    const value = make();
    const message = typeof value === 'string' ? value : 'WRONGTYPE s3cret';
    const reply = Object.assign(new Error(message), { name: 'ReplyError' });
    for (const error of [value, reply, { code: value }, { constructor: { name: value } }]) {
      const { type, statusCode } = redisFailure(error);
      expect(type).toMatch(/^[\w.:-]{1,50}$/);
      if (statusCode !== undefined) expect(statusCode).toBe(type);
    }
  },
  { runs: 300 },
);

test('long statements that never come again are not kept', () => {
  let read = 0;
  const remember = rememberStatements((sql) => {
    read += 1;
    return sql.slice(0, 10);
  });
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < 2_000; i++) remember(`${i} ${'x'.repeat(200_000)}${i}`.replace('x', 'y'));
  expect(read).toBe(2_000);
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(150 * 1_048_576);
});
