import { parse } from 'yaml';
import { CliError } from '../cli-error.ts';

/** Something that needs a fault or time before it shows anything. */
export interface ExpectedEmpty {
  /** uid of the dashboard and title of the panel, */
  readonly dashboard?: string;
  readonly panel?: string;
  /** or the name of a recording rule, */
  readonly rule?: string;
  /** or that of an alert, */
  readonly alert?: string;
  /** or how the names of metrics begin whose exporter does not run here: whatever lacks them alone. */
  readonly metrics?: string;
  readonly reason: string;
}

/** More would be an excuse. */
export const MOST_EXPECTED = 10;

/** Reads the list. Throws ERR_EXPECTED_EMPTY for anything else than at most ten entries with a reason each. */
export function parseExpectedEmpty(file: string, text: string): readonly ExpectedEmpty[] {
  let entries: unknown;
  try {
    entries = parse(text) ?? [];
  } catch (error) {
    throw problem(file, `got ${(error as Error).message.split('\n')[0]}`);
  }
  if (!Array.isArray(entries)) throw problem(file, `got ${typeof entries}`);
  if (entries.length > MOST_EXPECTED) throw problem(file, `got ${entries.length}`);
  entries.forEach((entry, index) => {
    if (!isEntry(entry)) throw problem(file, `got ${JSON.stringify(entry)} as number ${index + 1}`);
  });
  return entries as readonly ExpectedEmpty[];
}

function isEntry(entry: unknown): entry is ExpectedEmpty {
  if (typeof entry !== 'object' || entry === null) return false;
  const keys = Object.keys(entry).sort().join(' ');
  const texts = Object.values(entry).every((value) => typeof value === 'string' && value !== '');
  return (
    texts &&
    ['dashboard panel reason', 'reason rule', 'alert reason', 'metrics reason'].includes(keys)
  );
}

const problem = (file: string, got: string) =>
  new CliError(
    'ERR_EXPECTED_EMPTY',
    `Expected ${file} to be a list of at most ${MOST_EXPECTED} entries {dashboard, panel, reason}, {rule, reason}, {alert, reason} or {metrics, reason}, ${got}.`,
  );
