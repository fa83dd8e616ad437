import { poll } from '../start/poll.mjs';

/**
 * Reads differences again and again until there are none, until they have not changed for `quietSeconds` (give it where something may
 * be missing for good), or until the time is over. Returns the last ones and when they became so; `failure` says why there are none.
 */
export async function untilSettled({ read, withinSeconds, quietSeconds, signal }) {
  const quietMs = (quietSeconds ?? Number.POSITIVE_INFINITY) * 1000;
  let differences;
  let settledAt = Date.now();
  let failure;
  await poll(withinSeconds, signal, async () => {
    try {
      const now = await read();
      if (JSON.stringify(now) !== JSON.stringify(differences)) settledAt = Date.now();
      differences = now;
      failure = undefined;
    } catch (error) {
      failure = error.message;
      return false;
    }
    const agree = differences.every(({ lost, doubled }) => lost + doubled === 0);
    return (agree && differences.length > 0) || Date.now() - settledAt > quietMs;
  });
  return { differences, settledAt, failure };
}
