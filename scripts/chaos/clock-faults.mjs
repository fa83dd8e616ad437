const hourSeconds = 3_600;

/** Clocks that are set while a replica runs. The other replica's, PostgreSQL's and Prometheus' stay right. */
export const clockFaults = [
  clock({
    name: 'clock-hour-ahead',
    fault: "a replica's clock is set an hour ahead, then right again",
    means:
      'the Collector drops what is of the future; the first export of the right time has every increment',
    quick: true,
    seconds: { quick: 20, full: 90 },
    aheadSeconds: () => hourSeconds,
    alert: { name: 'PointsFiltered', severity: 'warning', forSeconds: 600 },
  }),
  clock({
    name: 'clock-hour-behind',
    fault: "a replica's clock is set an hour behind, then right again",
    means:
      'the Collector drops what is too old; the first export of the right time has every increment',
    quick: false,
    seconds: { quick: 20, full: 90 },
    aheadSeconds: () => -hourSeconds,
    alert: { name: 'PointsFiltered', severity: 'warning', forSeconds: 600 },
  }),
  clock({
    name: 'clock-little-ahead',
    fault: "a replica's clock is set a little ahead, then right again",
    means: 'its points stay in order; they are seen when the right time has caught up with them',
    quick: true,
    seconds: { quick: 10, full: 60 },
    promise: { requests: true },
    aheadSeconds: (mode) => ({ quick: 15, full: 60 })[mode],
  }),
];

/** By an hour, tokens of customers expire: they get a 401 without a tenant, so requests are not compared. */
function clock({ aheadSeconds, promise = {}, ...fault }) {
  return {
    ...fault,
    promise,
    /** Rows of PostgreSQL with a time of the future would count as done in the last moment of what follows. */
    last: true,
    start: ({ order, mode }) => order(`clock ${aheadSeconds(mode) * 1000}`),
    mend: ({ order }) => order('clock 0'),
  };
}
