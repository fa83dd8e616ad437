/** The day before the one in which `now` is, in UTC: its first moment, and the first that is no longer in it. */
export function lastDay(now: Date): { readonly since: Date; readonly until: Date } {
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()];
  return {
    since: new Date(Date.UTC(year, month, day - 1)),
    until: new Date(Date.UTC(year, month, day)),
  };
}
