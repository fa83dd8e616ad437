import { poll } from '../start/poll.mjs';

/** Waits until Alertmanager has an alert of this name. */
export async function awaitFiring({ alertmanager, alert, seconds, signal }) {
  const fires = await poll(seconds, signal, async () => {
    const filter = encodeURIComponent(`alertname="${alert}"`);
    const response = await fetch(`${alertmanager}/api/v2/alerts?filter=${filter}`, {
      signal: AbortSignal.timeout(5_000),
    }).catch(() => undefined);
    return response?.ok === true && (await response.json()).length > 0;
  });
  if (!fires) throw new Error(`Expected ${alert} to fire within ${seconds} s, it does not`);
}
