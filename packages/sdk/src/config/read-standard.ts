import { accessSync, constants } from 'node:fs';
import { isHeader } from './is-header.ts';
import { parseBoolean, splitList } from './parse-value.ts';
import type { ConfigProblem } from './problem.ts';
import type { Environment } from './read-config.ts';
import { type StandardRow, standardTable } from './standard-table.ts';

/** So many of the names that are accepted fit into a line. */
const SHOWN = 12;

/** What Node.js takes for longer, it takes for 1 ms. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** The standard variables with a usable value, as trimmed text. A wrong value counts as unset, unless its row says what happens instead. */
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
    if (expected === undefined || row.instead !== undefined)
      settings.set(row.name, asListed(row, text));
    if (expected === undefined) continue;
    problems.push({
      variable: row.name,
      value: row.printable && !mayHoldSecret(row, text) ? text : '[redacted]',
      expected,
      instead: row.instead ?? `${row.default} is used`,
    });
  }
  return { settings, problems };
}

/** A value of a list as the list has it: the specification wants them read without regard to case. */
function asListed({ accepts }: StandardRow, text: string): string {
  if (accepts.kind !== 'one') return text;
  const lower = text.toLowerCase();
  return accepts.of.find((value) => value.toLowerCase() === lower) ?? text;
}

/** What an address holds besides host and path: user name, password, a token in the query. */
function mayHoldSecret({ accepts }: StandardRow, text: string): boolean {
  return accepts.kind === 'url' && /[@?#]/.test(text);
}

/** An endpoint for gRPC may come without a scheme. */
function isGrpcIn(env: Environment): boolean {
  return ['', 'TRACES_', 'METRICS_', 'LOGS_'].some(
    (signal) => env[`OTEL_EXPORTER_OTLP_${signal}PROTOCOL`]?.trim().toLowerCase() === 'grpc',
  );
}

/** What was expected, when the text is not that. */
function expectation(row: StandardRow, text: string): string | undefined {
  const { accepts } = row;
  switch (accepts.kind) {
    case 'text':
      return undefined;
    case 'boolean': {
      const parsed = parseBoolean(text);
      return 'expected' in parsed ? parsed.expected : undefined;
    }
    case 'milliseconds':
      return isInteger(text, 1, LONGEST_TIMER_MS)
        ? undefined
        : `whole milliseconds from 1 to ${LONGEST_TIMER_MS}`;
    case 'delay':
      return isInteger(text, 0, LONGEST_TIMER_MS)
        ? undefined
        : `whole milliseconds from 0 to ${LONGEST_TIMER_MS}`;
    case 'count':
      return isInteger(text, 1, Number.MAX_SAFE_INTEGER) ? undefined : 'an integer above 0';
    case 'limit':
      return isInteger(text, 0, Number.MAX_SAFE_INTEGER) ? undefined : 'an integer from 0 up';
    case 'port':
      return isInteger(text, 0, 65_535) ? undefined : 'an integer from 0 to 65535';
    case 'ratio':
      return Number(text) >= 0 && Number(text) <= 1 ? undefined : 'a number from 0 to 1';
    case 'url':
      return /^https?:$/.test(URL.parse(text)?.protocol ?? '')
        ? undefined
        : 'an http or https address';
    case 'attributes':
      return areAttributes(text) ? undefined : 'key=value pairs between commas, percent-encoded';
    case 'file':
      return isReadable(text) ? undefined : 'a file that can be read';
    case 'headers':
      return areHeaders(text) ? undefined : 'name=value pairs between commas, percent-encoded';
    case 'one':
      return accepts.of.includes(asListed(row, text)) ? undefined : oneOfThese(accepts.of);
    case 'names':
    case 'list':
      return splitList(text).every((value) => accepts.of.includes(value))
        ? undefined
        : `a list of ${accepts.of.slice(0, SHOWN).join(', ')}${accepts.of.length > SHOWN ? ', ...' : ''}`;
  }
}

function isInteger(text: string, min: number, max: number): boolean {
  const value = Number(text);
  return Number.isInteger(value) && value >= min && value <= max;
}

function oneOfThese(values: readonly string[]): string {
  return values.length === 1 ? `${values[0]}` : `one of ${values.join(', ')}`;
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

function areHeaders(text: string): boolean {
  return splitList(text).every((pair) => {
    const equals = pair.indexOf('=');
    if (equals === -1) return false;
    try {
      return isHeader(pair.slice(0, equals).trim(), decodeURIComponent(pair.slice(equals + 1)));
    } catch {
      return false;
    }
  });
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
