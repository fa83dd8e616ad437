/**
 * Zero, not nothing, where `expression` has no series and `present` has some: counters that have not counted yet do not exist.
 * Both must have the same labels.
 */
export const orZero = (expression: string, present: string): string =>
  `(${expression} or 0 * ${present})`;

/** One zero, not nothing, where `expression` has no series at all and `present` has one; their labels may differ. */
export const orOneZero = (expression: string, present: string): string =>
  `(${expression} or on () 0 * ${present})`;

/** `part / whole`, 0 to 1; zero where the whole is there and nothing of the part, nothing where the whole is zero or missing. */
export const share = (part: string, whole: string): string =>
  `${orZero(part, whole)} / (${whole} > 0)`;
