import { startTraffic } from '../start/traffic.mjs';

/** Visitors who can be sent away and called back. `shops()` are the replicas of the moment. */
export function drillTraffic({ shops, tenants, rate }) {
  let stop;
  let running;
  let seed = 1;
  return {
    resume() {
      stop?.abort();
      stop = new AbortController();
      running = startTraffic({ shops: shops(), tenants, rate, seed, signal: stop.signal });
      running.catch(() => undefined);
      seed += 100;
    },
    async pause() {
      stop?.abort();
      await running?.catch(() => undefined);
    },
  };
}
