import { setTimeout as wait } from 'node:timers/promises';
import { startTraffic } from '../traffic.mjs';
import { closeDay } from './close-day.mjs';
import { serviceLoad } from './service-load.mjs';
import { rateLimit } from './start-services.mjs';

const roundMs = 30_000;

/**
 * Load on all services until the signal: customers of the shop through the gateway, and in rounds chats that end with a burst above the
 * limit, and the nightly job.
 */
export async function keepBusy({ services, environment, tenants, postgres, rate, signal }) {
  const gateway = services.gateway.address;
  const customers = startTraffic({
    shops: [{ address: gateway }],
    ...{ tenants, rate, seed: 2, signal },
  });
  let closedUntil = new Date().toISOString();
  while (!signal.aborted) {
    const round = AbortSignal.any([signal, AbortSignal.timeout(roundMs)]);
    const tallies = await serviceLoad({
      ...{ gateway, chat: services.chat.address, tenants, signal: round },
      ...{ burst: rateLimit * 2, hasProfiles: services.users !== undefined },
    });
    for (const tally of Object.values(tallies)) await tally.leave();
    const now = new Date().toISOString();
    if (!signal.aborted)
      await closeDay({ ...environment, DATABASE_URL: postgres, BATCH_SINCE: closedUntil });
    closedUntil = now;
    await wait(1_000, undefined, { signal }).catch(() => undefined);
  }
  await customers;
}
