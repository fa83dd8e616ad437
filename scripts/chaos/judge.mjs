import { beyond } from './differences.mjs';

/** Seconds without a sample up to which every point has arrived: three exports, and what a busy machine delays one. */
export const gapLimit = ({ exportMs }) => (3 * exportMs) / 1000 + 5;

/** Why a promise was broken, a sentence for each; empty where it held. `seen` is what a fault and its end have shown. */
export function brokenPromises(promise, seen, plan) {
  const { failure, differences, allowed, healthy, met, done, ended, gapSeconds, refused, alert } =
    seen;
  return [
    ...(failure === undefined ? [] : [`the books could not be read: ${failure}`]),
    ...(healthy ? [] : ['a replica is not healthy again']),
    ...(met ? [] : ['the fault met nothing']),
    ...(done > 0 ? [] : ['nothing was done meanwhile']),
    ...beyond(differences, allowed).map((row) => `${row.lost} lost: ${nameOf(row)}`),
    ...differences
      .filter(({ doubled }) => doubled > 0)
      .map((row) => `${row.doubled} too many: ${nameOf(row)}`),
    ...(promise.exit === undefined ? [] : exitProblems(promise.exit, ended)),
    ...(promise.replayed && !(gapSeconds <= gapLimit(plan))
      ? [`points of the outage are missing: ${gapSeconds ?? 'unknown'} s without one`]
      : []),
    ...(refused && refused.batches > refused.most
      ? [`${refused.batches} batches were refused, ${refused.most} may be`]
      : []),
    ...(alert?.due && !alert.seen ? [`nobody was told of ${alert.name}`] : []),
    ...(alert?.late
      ? [`people were told of ${alert.name} after ${alert.seconds.toFixed(0)} s`]
      : []),
  ];
}

function nameOf({ tenant, measure, labels }) {
  return [tenant, measure, ...Object.values(labels)].join(' ');
}

function exitProblems({ withinSeconds, ...promised }, ended) {
  const wrong = Object.entries(promised).filter(([key, value]) => ended[key] !== value);
  return [
    ...wrong.map(([key, value]) => `expected it to end with ${key} ${value}, got ${ended[key]}`),
    ...(ended.seconds <= withinSeconds
      ? []
      : [`expected it to end within ${withinSeconds} s, it took ${ended.seconds.toFixed(1)} s`]),
  ];
}
