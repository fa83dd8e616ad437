import { parseBoolean, splitList } from './parse-value.ts';
import type { ConfigProblem } from './problem.ts';
import type { Environment } from './read-config.ts';
import { type StandardRow, standardTable } from './standard-table.ts';

/** The standard variables with a usable value, as trimmed text. A wrong value counts as unset. */
export type StandardSettings = ReadonlyMap<string, string>;

/** Reads and checks the `OTEL_*` variables that are in the table, all problems together. */
export function readStandard(env: Environment): {
  readonly settings: StandardSettings;
  readonly problems: readonly ConfigProblem[];
} {
  const settings = new Map<string, string>();
  const problems: ConfigProblem[] = [];
  for (const row of standardTable) {
    const text = env[row.name]?.trim();
    if (text === undefined || text === '') continue;
    const expected =
      row.accepts.kind === 'url' && isGrpcIn(env) ? undefined : expectation(row, text);
    if (expected === undefined) {
      settings.set(row.name, text);
      continue;
    }
    problems.push({
      variable: row.name,
      value: row.printable ? text : '[redacted]',
      expected,
      instead: `${row.default} is used`,
    });
  }
  return { settings, problems };
}

/** An endpoint for gRPC may come without a scheme. */
function isGrpcIn(env: Environment): boolean {
  return ['', 'TRACES_', 'METRICS_', 'LOGS_'].some(
    (signal) => env[`OTEL_EXPORTER_OTLP_${signal}PROTOCOL`]?.trim() === 'grpc',
  );
}

/** What was expected, when the text is not that. */
function expectation({ accepts }: StandardRow, text: string): string | undefined {
  switch (accepts.kind) {
    case 'text':
      return undefined;
    case 'boolean': {
      const parsed = parseBoolean(text);
      return 'expected' in parsed ? parsed.expected : undefined;
    }
    case 'milliseconds':
      return Number(text) > 0 ? undefined : 'a number of milliseconds above 0';
    case 'count':
      return Number(text) > 0 ? undefined : 'a number above 0';
    case 'ratio':
      return Number(text) >= 0 && Number(text) <= 1 ? undefined : 'a number from 0 to 1';
    case 'url':
      return /^https?:$/.test(URL.parse(text)?.protocol ?? '')
        ? undefined
        : 'an http or https address';
    case 'attributes':
      return areAttributes(text) ? undefined : 'key=value pairs between commas, percent-encoded';
    case 'one': {
      const sensitive = accepts.of.some((value) => value === text);
      const known =
        sensitive || accepts.of.some((value) => value.toLowerCase() === text.toLowerCase());
      return known ? undefined : oneOfThese(accepts.of);
    }
    case 'list':
      return splitList(text).every((value) => accepts.of.includes(value))
        ? undefined
        : `a list of ${accepts.of.join(', ')}`;
  }
}

function oneOfThese(values: readonly string[]): string {
  return values.length === 1 ? `${values[0]}` : `one of ${values.join(', ')}`;
}

function areAttributes(text: string): boolean {
  return splitList(text).every((pair) => {
    const parts = pair.split('=');
    if (parts.length !== 2 || parts[0]?.trim() === '') return false;
    try {
      return decodeURIComponent(pair).length <= 511;
    } catch {
      return false;
    }
  });
}
