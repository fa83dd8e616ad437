/** A counter of what goes wrong is not there until something does: that is none, and not nothing known. */
export const orNone = (promql: string): string => `${promql} or on() vector(0)`;
