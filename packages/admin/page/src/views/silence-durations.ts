/** In minutes, shortest first. */
const USUAL = [30, 120, 480, 1_440, 10_080];
const HOUR = 60;
const DAY = 24 * HOUR;

export interface SilenceDuration {
  readonly minutes: number;
  readonly title: string;
}

/** How long a silence may be: the usual lengths that the server allows, and the longest one where that is shorter than they are. */
export function silenceDurations(mostMinutes: number): readonly SilenceDuration[] {
  const allowed = USUAL.filter((minutes) => minutes <= mostMinutes);
  const isCut = allowed.length < USUAL.length && !allowed.includes(mostMinutes);
  return [...allowed, ...(isCut ? [mostMinutes] : [])].map((minutes) => ({
    minutes,
    title: titleOf(minutes),
  }));
}

/** What is chosen at first: two hours, or the longest that is allowed. */
export const firstChoice = (mostMinutes: number): number => Math.min(120, mostMinutes);

function titleOf(minutes: number): string {
  if (minutes % DAY === 0) return counted(minutes / DAY, 'day');
  return minutes % HOUR === 0 ? counted(minutes / HOUR, 'hour') : counted(minutes, 'minute');
}

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;
