import { clockFaults } from './clock-faults.mjs';
import { diskFault } from './disk-fault.mjs';
import { senderFaults } from './sender-faults.mjs';

/** A replica takes with it what its machine leaves it: the deadline of 2 s itself is held by `npm run exits`. */
const endSeconds = 10;

/**
 * What goes wrong, one after another. `start` brings it about and `mend` ends it; a `start` that ends a process returns how it ended.
 * `seconds` is how long it lasts, quick and in full; 0 is a moment. `promise` is what a run holds it to:
 *
 * - `lose`: nothing (default); `interval`, at most what was done in the last export interval of the process; `open`, at most what
 *   PostgreSQL committed in the last moment and the process did not live to hear of.
 * - `replayed`: every point of the outage is there afterwards, not only the newest of each series.
 * - `requests`: answered requests are compared too. Not where the shop itself is hurt: then its clients know something else.
 * - `exit`: how the process ends, and within how many seconds.
 *
 * `alert` is due where the outage lasts long enough; `forSeconds` is its rule's, `withinSeconds` a promise. `prepare` goes before and `clean` after all else; with
 * `root` a fault needs that user; `last` ones come after all others of their stack.
 */
export const faults = [
  {
    name: 'nothing',
    fault: 'nothing',
    means: 'the control: both sides agree without a fault',
    quick: true,
    seconds: { quick: 0, full: 0 },
    promise: { requests: true },
    start: () => undefined,
    mend: () => undefined,
  },
  ...['SIGTERM', 'SIGKILL'].map((signal) => ({
    name: `collector-${signal.toLowerCase()}`,
    fault: `the Collector gets ${signal}`,
    means: 'the SDK keeps counting; the next export after its return has every increment',
    quick: signal === 'SIGKILL',
    seconds: { quick: 12, full: 600 },
    promise: { requests: true },
    alert: { name: 'CollectorDown', forSeconds: 120 },
    start: ({ pipeline }) => pipeline.stack.stopService('collector', signal),
    mend: ({ pipeline }) => pipeline.stack.startService('collector'),
  })),
  ...['SIGTERM', 'SIGKILL'].map((signal) => ({
    name: `prometheus-${signal.toLowerCase()}`,
    fault: `Prometheus gets ${signal}`,
    means: 'the Collector keeps every point on disk and hands them over afterwards',
    quick: signal === 'SIGKILL',
    seconds: { quick: 15, full: 600 },
    promise: { requests: true, replayed: true },
    alert: { name: 'HeartbeatMissing' },
    start: ({ pipeline }) => pipeline.stack.stopService('prometheus', signal),
    mend: ({ pipeline }) => pipeline.stack.startService('prometheus'),
  })),
  {
    name: 'both-sigkill',
    fault: 'the Collector and Prometheus get SIGKILL',
    means: 'as if each alone',
    quick: false,
    seconds: { quick: 12, full: 600 },
    promise: { requests: true },
    alert: { name: 'HeartbeatMissing' },
    start: async ({ pipeline }) => {
      await Promise.all(
        ['collector', 'prometheus'].map((name) => pipeline.stack.stopService(name, 'SIGKILL')),
      );
    },
    mend: async ({ pipeline }) => {
      await pipeline.stack.startService('prometheus');
      await pipeline.stack.startService('collector');
    },
  },
  {
    name: 'collector-sigterm-backend-down',
    fault: 'Prometheus is gone, and the Collector is restarted by SIGTERM meanwhile',
    means: 'what the Collector has taken is on its disk, not in its memory',
    quick: true,
    seconds: { quick: 8, full: 600 },
    promise: { requests: true },
    start: async ({ pipeline, someExports }) => {
      await pipeline.stack.stopService('prometheus', 'SIGKILL');
      await someExports();
      await pipeline.stack.stopService('collector', 'SIGTERM');
      await pipeline.stack.startService('collector');
    },
    mend: ({ pipeline }) => pipeline.stack.startService('prometheus'),
  },
  ending('app-sigterm', 'a replica gets SIGTERM', 'SIGTERM', {
    means: 'open requests end, then all is exported before it leaves',
    promise: { exit: { code: 0, withinSeconds: endSeconds } },
  }),
  ending('app-sigkill', 'a replica gets SIGKILL', 'SIGKILL', {
    means: 'what it had not exported is gone: nobody can be told',
    promise: { lose: 'interval', exit: { signal: 'SIGKILL', withinSeconds: endSeconds } },
  }),
  ending('app-uncaught', 'a replica throws what nobody catches', 'SIGUSR2', {
    means: 'last words: what was counted is handed over before the process ends',
    order: 'throw',
    promise: { lose: 'open', exit: { code: 1, withinSeconds: endSeconds } },
  }),
  ending('app-exit', 'a replica calls process.exit(7) in the middle of traffic', 'SIGUSR2', {
    means: 'last words, and its own exit code',
    order: 'exit',
    promise: { lose: 'open', exit: { code: 7, withinSeconds: endSeconds } },
  }),
  server('redis', 'Redis gets SIGKILL', {
    quick: true,
    means: 'the shop goes on without its cache',
    signal: 'SIGKILL',
    alert: 'RedisDown',
  }),
  server('postgres', 'PostgreSQL is stopped', {
    quick: false,
    means: 'the shop answers errors; an effect is counted once PostgreSQL has committed',
    promise: { lose: 'open' },
    alert: 'PostgresDown',
  }),
  ill({
    state: 'hung',
    fault: 'takes requests and never answers',
    means: 'an export is given up after its time-out; the next ones have its counts',
    quick: true,
  }),
  ill({
    state: 'slow',
    fault: 'answers after the SDK has given up',
    means: 'its points have arrived, and count once',
    quick: false,
  }),
  ill({
    state: '429',
    fault: 'answers 429',
    means: 'tried again after the pause that it asks for',
    quick: false,
  }),
  ill({
    state: '503',
    fault: 'answers 503',
    means: 'tried again with growing pauses until the time-out',
    quick: true,
  }),
  ill({
    state: '400',
    fault: 'answers 400',
    means: 'not tried again: that request is lost and said; its counts come with the next',
    quick: true,
  }),
  ill({
    state: 'garbage',
    fault: 'answers what is no HTTP, or no OTLP',
    means: 'lost and said, or taken for delivered; the counts come with the next',
    quick: false,
  }),
  diskFault,
  ...clockFaults,
  ...senderFaults,
];

function ending(name, fault, signal, { means, promise, order }) {
  return {
    name,
    fault,
    means,
    quick: true,
    seconds: { quick: 0, full: 0 },
    promise,
    start: (chaos) => chaos.endShop(signal, order),
    mend: ({ startShop }) => startShop(),
  };
}

function server(name, fault, { means, quick, signal, promise = {}, alert }) {
  return {
    name,
    fault,
    means,
    quick,
    seconds: { quick: 12, full: 180 },
    promise,
    alert: { name: alert, forSeconds: 60 },
    start: ({ pipeline }) => pipeline.stack.stopService(name, signal),
    mend: ({ pipeline }) => pipeline.stack.startService(name),
  };
}

function ill({ state, fault, means, quick }) {
  return {
    name: `collector-${state}`,
    fault: `the Collector ${fault}`,
    means,
    quick,
    seconds: { quick: 10, full: 60 },
    promise: { requests: true },
    start: ({ standIn }) => standIn.set(state),
    mend: ({ standIn }) => standIn.set('pass'),
    /** Whether the fault has met anything at all. */
    met: ({ standIn }) => standIn.spoiled() > 0,
  };
}
