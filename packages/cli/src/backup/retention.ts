/** How many backups stay. Those not given keep none; nothing given keeps all. */
export interface Retention {
  /** The newest so many. */
  readonly last?: number;
  /** The newest of each of so many days, weeks (from Monday) and months, in UTC, that have a backup. */
  readonly daily?: number;
  readonly weekly?: number;
  readonly monthly?: number;
}

/** Which backups may go. The newest always stays. */
export function toRemove<B extends { readonly at: Date }>(
  backups: readonly B[],
  { last = 0, daily = 0, weekly = 0, monthly = 0 }: Retention,
): readonly B[] {
  if (last + daily + weekly + monthly === 0) return [];
  const newestFirst = [...backups].sort((a, b) => b.at.getTime() - a.at.getTime());
  const kept = new Set<B>(newestFirst.slice(0, Math.max(1, last)));
  const periods = [
    [daily, dayOf],
    [weekly, weekOf],
    [monthly, monthOf],
  ] as const;
  for (const [count, periodOf] of periods) {
    const newest = new Map<string, B>();
    for (const backup of newestFirst) {
      const period = periodOf(backup.at);
      if (!newest.has(period)) newest.set(period, backup);
    }
    for (const backup of [...newest.values()].slice(0, count)) kept.add(backup);
  }
  return newestFirst.filter((backup) => !kept.has(backup));
}

const dayOf = (at: Date) => at.toISOString().slice(0, 10);
const monthOf = (at: Date) => at.toISOString().slice(0, 7);

/** Its Monday. */
function weekOf(at: Date): string {
  const day = new Date(dayOf(at));
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  return dayOf(day);
}
