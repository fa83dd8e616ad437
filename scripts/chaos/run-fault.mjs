import { untilCalm } from '../drill/run-fault.mjs';
import { poll } from '../start/poll.mjs';
import { amounts, sumUp } from './differences.mjs';
import { brokenPromises, gapLimit } from './judge.mjs';
import { readLongestGap } from './longest-gap.mjs';
import { dueAfter } from './plan.mjs';
import { untilSettled } from './settle.mjs';
import { untilHealthy } from './until-healthy.mjs';

/** Brings one fault about under load, mends it, waits until both sides agree or never will, and returns the row of the table. */
export async function runFault({ seconds, promise, alert, ...fault }, chaos) {
  const { plan, mode, say, signal, pipeline, traffic, books } = chaos;
  const expected = alert && { severity: 'critical', ...alert };
  say(`\n${fault.fault} ...`);
  if (expected) await untilOver(expected, chaos);
  await fault.prepare?.(chaos);
  traffic.resume();
  await chaos.pause(plan.warmSeconds);

  const began = Date.now();
  const lastExport = promise.lose === 'interval' ? plan.exportMs : 0;
  const mayMiss = () => books.doneSince(new Date(began - plan.commitMs - lastExport));
  const ended = await fault.start(chaos);
  // Read at once: the other replica goes on.
  const open = ended && promise.lose ? await mayMiss() : undefined;
  await chaos.pause(seconds[mode]);
  const met = (await fault.met?.(chaos)) ?? true;
  await Promise.all([traffic.pause(), fault.mend(chaos)]);
  const mended = Date.now();
  const outageSeconds = (mended - began) / 1000;

  const withinSeconds = plan.settleSeconds;
  const [settled, healthyAt] = await Promise.all([
    untilSettled({
      read: () => books.differences({ withRequests: promise.requests === true }),
      quietSeconds: promise.lose && plan.quietSeconds,
      ...{ withinSeconds, signal },
    }),
    untilHealthy({ shops: pipeline.shops, withinSeconds, signal }),
  ]);
  const { differences = [], settledAt, failure } = settled;
  const sum = sumUp(differences, books.before());
  const allowed = promise.lose ? (open ?? (await mayMiss())) : [];
  const gapSeconds = await gapOf({ began, mended, promise }, chaos);
  const told = expected && (await toldOf(expected, { began, outageSeconds }, chaos));
  const refused = await fault.refused?.(chaos);
  const seen = {
    ...{ refused, failure, differences, allowed, met, ended, gapSeconds, alert: told },
    healthy: healthyAt !== undefined,
    done: sum.done,
  };
  const why = brokenPromises(promise, seen, plan);
  say(`  ${why.length === 0 ? 'held' : why.join('; ')}`);
  // What is still on its way belongs to this fault and not to the next.
  await chaos.pause((2 * plan.exportMs) / 1000 + 0.5);
  await fault.clean?.(chaos);
  const before = books.before();
  if (!signal.aborted) await books.close();
  return {
    fault: fault.name,
    outageSeconds,
    ...sum,
    tenants: perTenant(differences, before),
    ...(promise.lose && { mayLose: increments(allowed) }),
    gapSeconds,
    ...(refused && { refused }),
    ...(told && { alert: told }),
    ...(ended && { exit: ended }),
    recoverSeconds: Math.max(0, (Math.max(settledAt, healthyAt ?? 0) - mended) / 1000),
    ok: why.length === 0,
    why,
  };
}

/** Asked until the first sample after the outage is there, and those of the outage where they are promised. */
async function gapOf({ began, mended, promise }, { plan, addresses, signal }) {
  const enough = promise.replayed ? gapLimit(plan) : Number.POSITIVE_INFINITY;
  let gap;
  await poll(promise.replayed ? plan.settleSeconds : 10, signal, async () => {
    gap = await readLongestGap(addresses.prometheus, began / 1000, mended / 1000).catch(
      () => undefined,
    );
    return gap <= enough;
  });
  return gap;
}

/** Waits until people know that an alert of an earlier fault is over: then the next one is told anew. */
async function untilOver(alert, chaos) {
  const { plan, sources, signal, toldSince } = chaos;
  await untilCalm({ alerts: [alert] }, chaos);
  const since = toldSince.get(alert.name);
  if (since === undefined) return;
  await poll(plan.settleSeconds, signal, async () => {
    const record = await sources.notifications(alert, since);
    return record?.status === 'resolved';
  });
}

/** Whether an alert is due after an outage of that length and, if so, whether it is on record. */
async function toldOf(alert, { began, outageSeconds }, { plan, sources, signal, toldSince }) {
  const due = outageSeconds >= dueAfter(alert, plan);
  const since = new Date(began);
  let told;
  const isOnRecord = async () => {
    const record = await sources.notifications(alert, since);
    told = record && new Date(record.receivedAt);
    return told !== undefined;
  };
  const { name, withinSeconds } = alert;
  if (!(due && (await poll(plan.alertLateSeconds, signal, isOnRecord))))
    return { name, due, seen: false };
  toldSince.set(name, since);
  const seconds = (told.getTime() - began) / 1000;
  return { name, due, seen: true, seconds, late: seconds > withinSeconds };
}

function perTenant(differences, before) {
  const tenants = [...new Set(differences.map(({ tenant }) => tenant))].sort();
  const of = (rows, id) => rows.filter(({ tenant }) => tenant === id);
  return Object.fromEntries(tenants.map((id) => [id, sumUp(of(differences, id), of(before, id))]));
}

function increments(entries) {
  return entries
    .filter(({ measure }) => !amounts.has(measure))
    .reduce((total, { value }) => total + value, 0);
}
