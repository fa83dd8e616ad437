import { parseValue } from './parse-value.ts';
import type { ConfigProblem } from './problem.ts';
import type { SdkConfig } from './sdk-config.ts';
import { type Row, table } from './table.ts';

/** A process environment, or what stands for one. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the variables of our own from an environment, each by its row of the table.
 *
 * Returns all problems together; a value that can't be used is replaced by the default. An empty variable counts as unset,
 * as in the OpenTelemetry specification. `overrides` (from code) win over the environment.
 */
export function readConfig(
  env: Environment,
  overrides: Partial<SdkConfig> = {},
): { readonly config: SdkConfig; readonly problems: readonly ConfigProblem[] } {
  const values: Record<string, unknown> = {};
  const problems: ConfigProblem[] = [];
  for (const row of table as readonly Row[]) {
    const override = overrides[row.key as keyof SdkConfig];
    if (override !== undefined) {
      values[row.key] = override;
      continue;
    }
    values[row.key] = row.default;
    const text = env[row.name]?.trim();
    if (text === undefined || text === '') continue;
    const parsed = parseValue(row, text);
    if ('value' in parsed) values[row.key] = parsed.value;
    else problems.push(problemOf(row, text, parsed.expected));
  }
  const config: object = Object.freeze(values);
  return { config: config as SdkConfig, problems };
}

function problemOf(row: Row, text: string, expected: string): ConfigProblem {
  return {
    variable: row.name,
    value: row.printable ? text : '[redacted]',
    expected,
    instead: row.default === undefined ? 'it counts as unset' : `${String(row.default)} is used`,
  };
}
