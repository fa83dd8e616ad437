import { fuzz, hasUnseen, hostileText, hostileValue } from '@bellwether/testkit/fuzz';
import fc from 'fast-check';
import { expect } from 'vitest';
import { formatProblem } from './config/problem.ts';
import { readConfig } from './config/read-config.ts';
import { readStandard } from './config/read-standard.ts';
import { standardTable } from './config/standard-table.ts';
import { table } from './config/table.ts';
import { stderrDiagLogger } from './diag-logger.ts';

function endless(): unknown[] {
  const list: unknown[] = [];
  list.push(list);
  return list;
}

/** What somebody else made us say stays one line of text, and a short one. */
function expectOneLine(line: string): void {
  expect(hasUnseen(line), JSON.stringify(line.slice(0, 300))).toBe(false);
  expect(line.length).toBeLessThan(4_200);
}

fuzz(
  'whatever the SDK is made to say is one line that ends nothing and commands nothing',
  fc.array(
    fc.oneof(
      hostileValue(),
      hostileText().map((text) => () => new Error(text)),
    ),
    {
      maxLength: 4,
    },
  ),
  (makers) => {
    const parts = makers.map((make) => make());
    const lines: string[] = [];
    const logger = stderrDiagLogger(
      (line) => lines.push(line),
      () => 0,
    );
    logger.error('export failed', ...parts);
    logger.warn(String(parts.length), ...parts);
    expect(lines).toHaveLength(2);
    for (const line of lines) expectOneLine(line);
  },
  {
    runs: 300,
    corpus: [
      [() => `partly refused: ${'x'.repeat(4_000_000)}`],
      [() => 'a\rbellwether error: forged'],
      [() => '\u001b[2J\u009b31m'],
      [() => '\u202eevil'],
      [() => '{"stack":"a","message":"\u2028"}'],
      [() => [endless()]],
    ],
  },
);

const variables = [...table.map(({ name }) => name), ...standardTable.map(({ name }) => name)];
const value = fc.oneof(
  hostileText(),
  fc.constantFrom(
    'true',
    '0',
    '-1',
    '1e999',
    'http://[',
    'http://a:b@c?d',
    'a=b,c=%',
    '(',
    '(a+)+$',
    ',,,',
  ),
);

fuzz(
  'an environment of whatever is read with its problems, one line each, and every value is usable',
  fc.dictionary(fc.constantFrom(...variables), value, { maxKeys: 20 }),
  (env) => {
    const own = readConfig(env);
    const standard = readStandard(env);
    for (const problem of [...own.problems, ...standard.problems])
      expectOneLine(formatProblem(problem));
    expect(Object.keys(own.config).sort()).toEqual(table.map(({ key }) => key).sort());
    expect(own.config.tenantPattern).toBeInstanceOf(RegExp);
    for (const row of table) {
      const got: unknown = own.config[row.key];
      if (row.type !== 'integer' || got === row.default) continue;
      expect(got).toBeGreaterThanOrEqual(row.min);
      expect(got).toBeLessThanOrEqual(row.max);
    }
  },
  { runs: 300 },
);
