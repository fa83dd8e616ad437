import { poll } from '../start/poll.mjs';

/**
 * Waits until an alert has gone the whole way: pending and firing in Prometheus, active in Alertmanager, a message on the phone.
 * Returns the seconds since `began` of each, `undefined` for one that was not seen in `withinSeconds`.
 */
export async function untilTold(alert, { began, withinSeconds, sources, phone, signal }) {
  const seen = {};
  await poll(withinSeconds, signal, async () => {
    const note = (stage, at = Date.now()) => {
      seen[stage] ??= (at - began) / 1000;
    };
    const [prometheus, alertmanager] = await Promise.all([
      sources.prometheus(alert),
      sources.alertmanager(alert),
    ]);
    if (prometheus !== undefined) note('pending');
    if (prometheus === 'firing') note('firing');
    if (alertmanager) note('alertmanager');
    const told = phone.saidAt('FIRING', alert, began);
    if (told !== undefined) note('told', told);
    return told !== undefined;
  });
  return seen;
}

/** Seconds from `mended` until the phone has said that the alert is over, and whether the service has all of it on record. */
export async function untilResolved(alert, follow) {
  const { began, mended, withinSeconds, sources, phone, signal } = follow;
  let resolved;
  let recorded = false;
  await poll(withinSeconds, signal, async () => {
    const at = phone.saidAt('RESOLVED', alert, mended);
    if (at !== undefined) resolved = (at - mended) / 1000;
    const record = await sources.notifications(alert, new Date(began));
    recorded = record?.status === 'resolved' && record.resolvedNotifiedAt !== null;
    return resolved !== undefined && recorded;
  });
  return { resolved, recorded };
}
