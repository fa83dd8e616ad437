import { startBadSender } from './bad-sender.mjs';
import { refusedBetween, refusedSoFar } from './refused-requests.mjs';

/** What another service sends to the same Collector. */
export const senderFaults = [
  sender({
    name: 'poison',
    fault: 'another service sends points that Prometheus would refuse',
    means: 'the Collector drops those, and every point of everybody else is there',
    kind: 'known',
    seconds: { quick: 20, full: 60 },
    everyMs: { quick: 200, full: 1_000 },
    /** Batches that one bad request may cost. */
    costs: 0,
    alert: { name: 'PointsFiltered', severity: 'warning', forSeconds: 600 },
  }),
  sender({
    name: 'poison-unknown',
    fault: 'another service sends what no filter can tell: a duplicate, buckets that do not add up',
    means:
      'one batch of at most 2,000 points dies with each; the next one makes up for it, and people are told within two minutes',
    kind: 'unknown',
    seconds: { quick: 12, full: 120 },
    everyMs: { quick: 2_000, full: 12_000 },
    costs: 1,
    alert: { name: 'OtlpRejected', severity: 'warning', forSeconds: 0, withinSeconds: 120 },
  }),
];

function sender({ kind, everyMs, costs, ...fault }) {
  let running;
  let before;
  return {
    ...fault,
    quick: true,
    promise: { requests: true },
    start: async ({ addresses, mode }) => {
      before = await refusedSoFar(addresses);
      const { collectorHttp: collector } = addresses;
      running = startBadSender({ collector, kind, everyMs: everyMs[mode] });
    },
    mend: () => running.stop(),
    met: () => running.sent() > 0,
    /** Batches that died, and how many may have. */
    refused: async ({ addresses }) => ({
      batches: refusedBetween(before, await refusedSoFar(addresses)),
      most: running.sent() * costs,
    }),
  };
}
