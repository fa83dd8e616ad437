import { poll } from '../start/poll.mjs';

/** Waits until every replica answers that PostgreSQL and Redis answer it. Returns when that was, undefined when it was not in time. */
export async function untilHealthy({ shops, withinSeconds, signal }) {
  const healthy = await poll(withinSeconds, signal, async () => {
    const answers = await Promise.all(shops.map(({ address }) => isHealthy(address)));
    return answers.every(Boolean);
  });
  return healthy ? Date.now() : undefined;
}

async function isHealthy(address) {
  try {
    const { ok } = await fetch(`${address}/healthz`, { signal: AbortSignal.timeout(5_000) });
    return ok;
  } catch {
    return false;
  }
}
