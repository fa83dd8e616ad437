import { parameters } from '../api/request-json.ts';
import type { Place } from '../place/place.ts';
import type { TimeWindow } from '../place/time-range.ts';

/** What every panel of a view is about; made once for a view, so that all panels ask about the same moment. */
export interface PanelScope {
  readonly place: Place;
  readonly window: TimeWindow;
  /** Seconds between points that fit the width of a chart. */
  readonly step: number;
  /** Grows with every refresh. */
  readonly tick: number;
  /** Says when the answers are about something else: a skeleton, not old numbers under a new name. */
  readonly subject: string;
}

const POINTS = 180;
const steps = [
  5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400,
];

/** The shortest step of a fixed list with which a range has at most 180 points; not under 15 s, where nothing is new. */
export function stepFor(seconds: number): number {
  return steps.find((step) => step >= 15 && seconds / step <= POINTS) ?? 86_400;
}

export function rangePath(query: string, { place, window, step }: PanelScope): string {
  const { tenant, environment } = place;
  return `range/${encodeURIComponent(query)}?${parameters({ from: window.from, to: window.to, step, tenant, environment })}`;
}

export function instantPath(query: string, { place, window }: PanelScope): string {
  const { tenant, environment } = place;
  return `instant/${encodeURIComponent(query)}?${parameters({ time: window.to, from: window.from, to: window.to, tenant, environment })}`;
}
