import { plainLine } from '../plain-line.ts';

/** A variable whose value can't be used. It stops nothing: another value takes its place. */
export interface ConfigProblem {
  readonly variable: string;
  /** As it was given; `[redacted]` where it may be a secret. */
  readonly value: string;
  readonly expected: string;
  /** What happens now. */
  readonly instead: string;
}

const LONGEST = 80;

/** One line: value, variable, expectation, and what happens now. */
export function formatProblem({ variable, value, expected, instead }: ConfigProblem): string {
  const shown = value.length > LONGEST ? `${value.slice(0, LONGEST)}...` : value;
  return plainLine(
    `bellwether: Expected ${variable} to be ${expected}, got ${JSON.stringify(shown)}; ${instead}. [ERR_CONFIG_VALUE]`,
  );
}
