import { styleText } from 'node:util';
import type { Status } from './check.ts';
import type { Diagnosis } from './diagnosis.ts';

const COLOURS = {
  ok: 'green',
  warn: 'yellow',
  fail: 'red',
  skipped: 'gray',
} as const satisfies Record<Status, string>;
const STATUS_WIDTH = 'skipped'.length;

/** A line for each row, with what to do below those that are not well, and one line of numbers. */
export function renderDiagnosis({ checks, counts }: Diagnosis, coloured: boolean): string {
  const width = Math.max(...checks.map(({ id }) => id.length), 0);
  const status = (name: Status) =>
    coloured ? styleText(COLOURS[name], name.padEnd(STATUS_WIDTH)) : name.padEnd(STATUS_WIDTH);
  const lines = checks.flatMap((row) => [
    `${status(row.status)}  ${row.id.padEnd(width)}  ${row.message}`,
    ...(row.hint === undefined ? [] : [`${' '.repeat(STATUS_WIDTH + width + 4)}-> ${row.hint}`]),
  ]);
  const total = `${counts.ok} ok, ${counts.warn} warnings, ${counts.fail} failed, ${counts.skipped} skipped`;
  return [...lines, '', total].join('\n');
}
