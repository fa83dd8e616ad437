/** What the range menu offers; `seconds` back from now. */
export const presets = [
  { id: '15m', seconds: 900, title: 'Last 15 minutes' },
  { id: '1h', seconds: 3600, title: 'Last hour' },
  { id: '6h', seconds: 21_600, title: 'Last 6 hours' },
  { id: '24h', seconds: 86_400, title: 'Last 24 hours' },
  { id: '7d', seconds: 604_800, title: 'Last 7 days' },
  { id: '30d', seconds: 2_592_000, title: 'Last 30 days' },
] as const;

export const DEFAULT_RANGE = '1h';

/** `1h`, or two unix seconds as `1766300000-1766303600`. */
export type RangeText = string;

export interface TimeWindow {
  readonly from: number;
  readonly to: number;
  /** Whether it moves on with the clock. */
  readonly isMoving: boolean;
}

const absolute = /^(\d{9,11})-(\d{9,11})$/;

export function isRange(text: string): boolean {
  if (presets.some(({ id }) => id === text)) return true;
  const found = absolute.exec(text);
  return found !== null && Number(found[1]) < Number(found[2]);
}

export const absoluteRange = (from: number, to: number): RangeText =>
  `${Math.floor(from)}-${Math.ceil(to)}`;

/** The window that `text` names at `now`. Its end is rounded to 5 s, so that panels ask the same question. */
export function windowOf(text: RangeText, now: number): TimeWindow {
  const found = absolute.exec(text);
  if (found !== null) return { from: Number(found[1]), to: Number(found[2]), isMoving: false };
  const seconds = presets.find(({ id }) => id === text)?.seconds ?? 3600;
  const to = Math.floor(now / 5) * 5;
  return { from: to - seconds, to, isMoving: true };
}

/** The next wider preset, for "nothing in this range" states. */
export function widerRange(text: RangeText): (typeof presets)[number] | undefined {
  const index = presets.findIndex(({ id }) => id === text);
  return index === -1 ? undefined : presets[index + 1];
}
