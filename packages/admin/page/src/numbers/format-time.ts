const dateTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const clock = new Intl.DateTimeFormat(undefined, {
  hour: 'numeric',
  minute: '2-digit',
  second: '2-digit',
});
const short = new Intl.DateTimeFormat(undefined, {
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
});

/** The reader's own zone, such as `Europe/Berlin`. */
export const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

export const showDateTime = (seconds: number): string => dateTime.format(seconds * 1000);
export const showClock = (seconds: number): string => clock.format(seconds * 1000);
export const showShort = (seconds: number): string => short.format(seconds * 1000);

/** `3 minutes`, `2 hours`; one unit, rounded. */
export function showDuration(seconds: number): string {
  const size = Math.abs(seconds);
  const [divisor, word] =
    size < 90
      ? ([1, 'second'] as const)
      : size < 3600
        ? ([60, 'minute'] as const)
        : size < 172_800
          ? ([3600, 'hour'] as const)
          : ([86_400, 'day'] as const);
  const count = Math.round(size / divisor);
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
