import { setTimeout as wait } from 'node:timers/promises';
import { untilResolved, untilTold } from './watch-alert.mjs';

/** Brings one fault about, follows its alerts until somebody was told, mends it, and waits until all of them are over. */
export async function runFault({ fault, alerts, start, mend }, drill) {
  const { say, sources, phone, signal, seconds } = drill;
  const follow = { began: Date.now(), withinSeconds: seconds.tell, sources, phone, signal };
  say(`\n${fault} ...`);
  await start(drill);
  const told = await Promise.all(alerts.map((alert) => untilTold(alert, follow)));
  await mend(drill);
  const mended = Date.now();
  const over = await Promise.all(
    alerts.map((alert) =>
      untilResolved(alert, { ...follow, mended, withinSeconds: seconds.resolve }),
    ),
  );
  const rows = alerts.map(({ name }, index) => ({
    alert: name,
    fault,
    ...told[index],
    ...over[index],
    ok:
      told[index].told !== undefined && over[index].resolved !== undefined && over[index].recorded,
  }));
  for (const row of rows) say(`  ${row.alert}: ${inWords(row)}`);
  return rows;
}

/** Waits until none of these alerts is pending or firing, so that a fault is seen by itself. Others may be: an hour is not over yet. */
export async function untilCalm({ alerts }, { sources, signal, say, seconds }) {
  const deadline = performance.now() + seconds.calm * 1000;
  let restless = [];
  while (performance.now() < deadline && !signal.aborted) {
    const states = await Promise.all(alerts.map((alert) => sources.prometheus(alert)));
    restless = alerts.filter((_, index) => states[index] !== undefined);
    if (restless.length === 0) return;
    await wait(500);
  }
  if (!signal.aborted)
    say(`  pending or firing already: ${restless.map(({ name }) => name).join(', ')}`);
}

function inWords({ told, resolved, recorded }) {
  const after = (seconds) => (seconds === undefined ? 'not seen' : `after ${seconds.toFixed(1)} s`);
  return `somebody told ${after(told)}, over ${after(resolved)}${recorded ? '' : ', not on record'}`;
}
