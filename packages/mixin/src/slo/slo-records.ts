/** `slo` adds up a service, `slo_tenant` one tenant of it. All series have the label `slo`. */
export type SloLevel = 'slo' | 'slo_tenant';

/** The windows of burn-rate alerts, and the 30 days of the promise. */
export const sloWindows = ['5m', '30m', '1h', '2h', '6h', '1d', '3d', '30d'] as const;
export type SloWindow = (typeof sloWindows)[number];

/** The names of the recorded series of one level. */
export function sloRecords(level: SloLevel) {
  return {
    /** Events a second that the promise is about. */
    events: `${level}:events:rate5m`,
    badEvents: `${level}:bad_events:rate5m`,
    /** The mean of the last hour; time without a service counts as time without events. */
    eventsOfHour: `${level}:events:rate1h`,
    badEventsOfHour: `${level}:bad_events:rate1h`,
    /** Share of bad events, 0 to 1. */
    errorRatio: (window: SloWindow) => `${level}:bad_events:ratio_rate${window}`,
    /** Share of the error budget of 30 days that is left; below 0 when the promise is broken. */
    errorBudgetLeft: `${level}:error_budget_left:ratio30d`,
  } as const;
}

/** How often events are recorded, and windows of a day and more: what a sample stands for when samples are added up. */
export const sloIntervals = { events: '30s', longWindows: '2m' } as const;

/** The target, 0 to 1, one series for each `slo`, without labels of a service. */
export const TARGET = 'slo:target:ratio';
