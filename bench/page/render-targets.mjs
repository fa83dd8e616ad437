import { inNumbers } from './in-numbers.mjs';
import { textTable } from './text-table.mjs';

/** The table of targets for people. */
export function renderTargets(targets) {
  if (targets.length === 0) return '';
  const missed = targets.filter(({ met }) => met !== true).length;
  return `${textTable(targetRows(targets))}\n\n${targets.length - missed} of ${targets.length} targets met.`;
}

/** Rows of a table, the header first. */
export const targetRows = (targets) => [
  ['target', 'wanted', 'measured', ''],
  ...targets.map(({ what, target, atMost, value, unit, met }) => [
    what,
    `${atMost ? '≤' : '≥'} ${inNumbers(target, unit)}`,
    Number.isFinite(value) ? inNumbers(value, unit) : 'not measured',
    met === undefined ? '' : met ? 'met' : 'missed',
  ]),
];
