import type { Matcher } from '../api/answers.ts';

/** A matcher as Alertmanager writes it, `severity =~ warning|info`: silences made elsewhere may mean all but what they name. */
export const matcherText = ({ name, value, isRegex, isEqual }: Matcher): string =>
  `${name} ${operators[`${isEqual},${isRegex}`]} ${value}`;

const operators = {
  'true,false': '=',
  'true,true': '=~',
  'false,false': '!=',
  'false,true': '!~',
} as const;
