import { pairedDifference } from './paired.mjs';
import { trend } from './trend.mjs';

/**
 * What is held against a bound: the slope of the service with the SDK may not lie above it by more than `sure` standard errors. `beside`: what
 * the machine's load moves for both twins alike, so that the slope of their difference is held.
 *
 * The wide bounds are those of the quick form, which judges half a minute of a young process. There a heap still takes its shape: lazily compiled
 * functions, maps at their next power of two. What it shall find without ever crying wolf is a leak of kilobytes a request, or a
 * handle that nobody closes; what is finer takes the hour.
 */
export const measures = [
  { name: 'heap', unit: 'MiB', label: 'heap used after a collection', bound: 2, wide: 1_500 },
  { name: 'external', unit: 'MiB', label: 'memory outside of the heap', bound: 2, wide: 1_500 },
  { name: 'rss', unit: 'MiB', label: 'resident memory', bound: 12, wide: 6_000, beside: true },
  { name: 'handles', unit: '', label: 'active resources', bound: 4, wide: 3_000, beside: true },
  { name: 'descriptors', unit: '', label: 'file descriptors', bound: 4, wide: 3_000, beside: true },
  { name: 'delay', unit: 'ms', label: 'event loop delay p99', bound: 4, wide: 6_000, beside: true },
  { name: 'series', unit: '', label: 'series sent', bound: 60, wide: 60_000 },
];
const sure = 2;
/**
 * How much longer than the bare twin's the p99 of the event loop's delay may be in the middle; on a machine on which the bare twin's own goes
 * up and down by more than twice that, half of its spread: who needs more of a processor that is short waits longer for it.
 */
const delayBoundMs = { long: 5, quick: 500 };

/**
 * `samples`: `{ seconds, sdk, bare }`, both taken at the same moment. Rows of the table, how far the event loop's delay is above the bare
 * twin's, and the promises that do not hold.
 */
export function judge(samples, { quick, warmUp }) {
  const settled = samples.filter(({ seconds }) => seconds >= warmUp);
  const rows = measures.map(({ name, unit, label, bound: narrow, wide, beside = false }) => {
    const bound = quick ? wide : narrow;
    const sdk = changes(settled, ({ sdk }) => sdk[name]);
    const bare = name === 'series' ? undefined : changes(settled, ({ bare }) => bare[name]);
    const held = beside ? changes(settled, ({ sdk, bare }) => sdk[name] - bare[name]) : sdk;
    const ok = held.slope - sure * held.error <= bound;
    return { name, unit, label, bound, sdk, bare, held, beside, ok };
  });
  const longer = pairedDifference(settled.map(({ sdk, bare }) => [sdk.delay, bare.delay]));
  const allowed = Math.max(quick ? delayBoundMs.quick : delayBoundMs.long, longer.spread / 2);
  const broken = rows
    .filter(({ ok }) => !ok)
    .map(
      ({ label, bound, held, beside }) =>
        `${label}: ${held.slope.toFixed(1)} ± ${held.error.toFixed(1)} an hour${beside ? " above the bare twin's" : ''} is above ${bound}`,
    );
  if (longer.middle - sure * longer.error > allowed)
    broken.push(
      `event loop delay p99: ${longer.middle.toFixed(1)} ± ${longer.error.toFixed(1)} ms above the bare twin's is above ${allowed.toFixed(1)}`,
    );
  return { rows, delay: { ...longer, allowed }, broken };
}

function changes(samples, take) {
  const values = samples
    .map((sample) => [sample.seconds, take(sample)])
    .filter(([, value]) => value !== undefined);
  const sorted = values.map(([, value]) => value).sort((a, b) => a - b);
  return {
    ...trend(values),
    first: values[0]?.[1],
    last: values.at(-1)?.[1],
    middle: sorted[Math.floor(sorted.length / 2)],
  };
}
