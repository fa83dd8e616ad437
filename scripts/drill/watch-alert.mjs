import { setTimeout as wait } from 'node:timers/promises';

const everyMs = 250;

/**
 * Waits until an alert has gone the whole way: pending and firing in Prometheus, active in Alertmanager, stored and told by the
 * notification service. Returns the seconds since `began` of each, `undefined` for one that was not seen in `withinSeconds`.
 */
export async function untilTold(alert, { began, withinSeconds, sources, signal }) {
  const seen = {};
  const since = new Date(began);
  await poll(withinSeconds, signal, async () => {
    const note = (stage, at = Date.now()) => {
      seen[stage] ??= (at - began) / 1000;
    };
    const [prometheus, alertmanager, notifications] = await Promise.all([
      sources.prometheus(alert),
      sources.alertmanager(alert),
      sources.notifications(alert, since),
    ]);
    if (prometheus !== undefined) note('pending');
    if (prometheus === 'firing') note('firing');
    if (alertmanager) note('alertmanager');
    if (notifications?.receivedAt) note('received', Date.parse(notifications.receivedAt));
    if (notifications?.notifiedAt) note('told', Date.parse(notifications.notifiedAt));
    return seen.told !== undefined;
  });
  return seen;
}

/** Seconds from `mended` until the notification service has told that the alert is over. */
export async function untilResolved(alert, { began, mended, withinSeconds, sources, signal }) {
  let resolved;
  await poll(withinSeconds, signal, async () => {
    const known = await sources.notifications(alert, new Date(began));
    if (known?.status !== 'resolved' || known.resolvedNotifiedAt === null) return false;
    resolved = (Date.parse(known.resolvedNotifiedAt) - mended) / 1000;
    return true;
  });
  return resolved;
}

async function poll(seconds, signal, done) {
  const deadline = performance.now() + seconds * 1000;
  while (!(await done())) {
    if (performance.now() > deadline || signal.aborted) return;
    await wait(everyMs);
  }
}
