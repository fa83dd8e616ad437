import { types } from 'node:util';
import { oneLine } from '../diag-logger.ts';
import { isHeader } from './is-header.ts';
import type { ConfigProblem } from './problem.ts';
import type { SdkConfig } from './sdk-config.ts';
import { type Row, table } from './table.ts';

/** What code gives in place of variables, less what can't be used, and all problems with it together. */
export function configInCode(given: Partial<SdkConfig>): {
  readonly config: Partial<SdkConfig>;
  readonly problems: readonly ConfigProblem[];
} {
  const config: Record<string, unknown> = {};
  const problems: ConfigProblem[] = [];
  for (const row of table as readonly Row[]) {
    const value: unknown = given[row.key as keyof SdkConfig];
    if (value === undefined) continue;
    const expected = expectation(row, value);
    if (expected === undefined) config[row.key] = value;
    else problems.push(problemOf(row, value, expected));
  }
  return { config, problems };
}

function problemOf(row: Row, value: unknown, expected: string): ConfigProblem {
  return {
    variable: `config.${row.key}`,
    // JSON knows no NaN.
    value: row.printable
      ? oneLine(typeof value === 'number' ? String(value) : value)
      : '[redacted]',
    expected,
    instead: `${row.name} or its default is used`,
  };
}

/** What was expected, when the value is not that. */
function expectation(row: Row, value: unknown): string | undefined {
  switch (row.type) {
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'true or false';
    case 'integer': {
      const { min, max, unit } = row;
      if (Number.isInteger(value) && (value as number) >= min && (value as number) <= max)
        return undefined;
      return `an integer from ${min} to ${max}${unit === undefined ? '' : ` (${unit})`}`;
    }
    case 'string':
      return typeof value === 'string' ? undefined : 'a text';
    case 'header name':
      return typeof value === 'string' && isHeader(value, '')
        ? undefined
        : 'a name that HTTP allows';
    case 'list':
      return Array.isArray(value) && value.every((each) => typeof each === 'string')
        ? undefined
        : 'a list of texts';
    case 'pattern':
      return types.isRegExp(value) ? undefined : 'a regular expression';
  }
}
