import { meterError } from '../errors.ts';

/** UCUM atoms that services measure in, case-sensitive: https://ucum.org/ucum */
const ATOMS = new Set(
  's min h d wk mo a By bit m g l L Hz W J V A K Cel % [ppth] [ppm] deg eq mol Pa'.split(' '),
);
const PREFIXED =
  /^(?:Y|Z|E|P|T|G|M|k|h|da|d|c|m|u|n|p|f|Ki|Mi|Gi|Ti)(s|By|bit|m|g|l|L|Hz|W|J|V|A|K|mol|Pa)$/;
const ANNOTATION = /\{[\x21-\x7a\x7c\x7e]{1,60}\}$/;
const WORDS: Record<string, string> = {
  seconds: 's',
  second: 's',
  sec: 's',
  milliseconds: 'ms',
  bytes: 'By',
  byte: 'By',
  B: 'By',
  KB: 'kBy',
  MB: 'MBy',
  percent: '%',
  minutes: 'min',
  hours: 'h',
  days: 'd',
  count: '{thing}',
  none: '1',
  ratio: '1',
};

/** Throws ERR_METER_UNIT unless `unit` is empty or UCUM, with annotations such as `{order}` or `{request}/s`. */
export function checkUnit(name: string, unit: string): void {
  if (unit === '') return;
  const right =
    typeof unit === 'string' &&
    unit.length <= 63 &&
    unit.split(/[/.](?![^{]*\})/).every(isUnitTerm);
  if (right) return;
  const better = Object.hasOwn(WORDS, unit)
    ? `write '${WORDS[unit]}'`
    : "write a thing in braces, as in '{order}'";
  throw meterError(
    'ERR_METER_UNIT',
    `the unit of ${name}`,
    "a UCUM unit of at most 63 characters, as in 's', 'By', '1', '{order}'",
    unit,
    better,
  );
}

function isUnitTerm(term: string): boolean {
  const atom = term.replace(ANNOTATION, '');
  if (atom === '') return term !== '';
  const base = atom.replace(/(?<=[A-Za-z])[+-]?[1-9]$/, '');
  return /^[1-9][0-9]*$/.test(atom) || ATOMS.has(base) || PREFIXED.test(base);
}
