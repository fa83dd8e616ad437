import { requestsByTenant } from '../start/requests-by-tenant.mjs';
import { startTraffic } from '../start/traffic.mjs';

/** Visitors who can be sent away and called back. `shops()` are the replicas of the moment. */
export function drillTraffic({ shops, tenants, rate }) {
  let answered = {};
  let stop;
  let running;
  let seed = 1;
  return {
    resume() {
      stop?.abort();
      stop = new AbortController();
      running = startTraffic({ shops: shops(), tenants, rate, seed, signal: stop.signal }).then(
        (summaries) => {
          answered = requestsByTenant(summaries, answered);
        },
      );
      running.catch(() => undefined);
      seed += 100;
    },
    async pause() {
      stop?.abort();
      await running?.catch(() => undefined);
    },
    /** Requests of all visits that have ended, per tenant: whole while it is paused. */
    answered: () => answered,
  };
}
