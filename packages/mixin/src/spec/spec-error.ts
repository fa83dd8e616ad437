/** Every code that a mistake in a `MonitoringSpec` can carry. */
export type SpecErrorCode =
  | 'ERR_SPEC_CATALOG'
  | 'ERR_SPEC_HISTOGRAMS'
  | 'ERR_SPEC_LINK'
  | 'ERR_SPEC_NAME_CLASH'
  | 'ERR_SPEC_NUMBER'
  | 'ERR_SPEC_RELEASE'
  | 'ERR_SPEC_OBJECTIVE'
  | 'ERR_SPEC_SERIES_BUDGET'
  | 'ERR_SPEC_WITHOUT';

/** One mistake: `Expected <what> to be <range>, got <value>; <how to fix>.` */
export interface SpecProblem {
  readonly code: SpecErrorCode;
  readonly message: string;
}

/** All mistakes of a spec at once; `code` is that of the first. */
export interface SpecError extends Error {
  readonly code: SpecErrorCode;
  readonly problems: readonly SpecProblem[];
}

export function specProblem(
  code: SpecErrorCode,
  what: string,
  range: string,
  value: unknown,
  fix: string,
): SpecProblem {
  return { code, message: `Expected ${what} to be ${range}, got ${shown(value)}; ${fix}.` };
}

/** One line a problem, each with its code. */
export function specError(problems: readonly [SpecProblem, ...SpecProblem[]]): SpecError {
  const message = problems.map((problem) => `${problem.code}: ${problem.message}`).join('\n');
  return Object.assign(new TypeError(message), { code: problems[0].code, problems });
}

function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 100));
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'object' && value !== null)
    return Array.isArray(value) ? 'an array' : 'an object';
  return String(value);
}
