import { inTurn } from '../in-turn.mjs';
import { medianOf } from '../median.mjs';
import { peerVersions } from '../peers/peers.mjs';
import { stopSignal } from '../stop.mjs';
import { whyFailed } from '../why-failed.mjs';
import { apps } from './apps.mjs';
import { measureVariant } from './measure-variant.mjs';
import { variants } from './variants.mjs';

/**
 * CPU of one request, by app and variant: every variant in a process of its own, one after another and in turns, so that a change of the
 * machine's pace hits all alike. A variant that fails has `error` in its row, and the others go on. Rows:
 * `{ app, variant, cpuUs: { median, spread }, capacity, rssMiB: { median, spread }, spans, points, bytes }`, per request; capacity is the
 * CPU of the bare app divided by this one's.
 */
export async function benchRequest({ quick, say, only = {} }) {
  const repeats = only.repeats ?? (quick ? 1 : 3);
  const rows = [];
  for (const app of only.apps ?? Object.keys(apps)) {
    const names = (only.variants ?? Object.keys(variants)).filter((name) =>
      variants[name].apps.includes(app),
    );
    rows.push(...(await benchApp({ app, names, repeats, quick, say })));
  }
  return { repeats, versions: peerVersions(), rows };
}

async function benchApp({ app, names, repeats, quick, say }) {
  const samples = Object.fromEntries(names.map((name) => [name, { cpu: [], rss: [] }]));
  let prepared;
  try {
    prepared = await apps[app].prepare();
    for (let repeat = 1; repeat <= repeats; repeat += 1) {
      for (const [index, name] of inTurn(names, repeat).entries()) {
        const sample = samples[name];
        if (sample.error !== undefined) continue;
        say(
          `request: ${app}, round ${repeat} of ${repeats}, ${index + 1} of ${names.length}: ${name} ...`,
        );
        await measureInto(sample, {
          app,
          variant: name,
          prepared,
          load: quick ? quickly(apps[app].load) : apps[app].load,
          counting: repeat === 1,
        });
        if (sample.error !== undefined) say(`request: ${app}, ${name}: ${sample.error}`);
      }
    }
  } catch (error) {
    if (stopSignal.aborted) throw error;
    say(`request: ${app}: ${error.message}`);
    for (const name of names) samples[name].error ??= whyFailed(error);
  } finally {
    await prepared?.end();
  }
  return names.map((name) => rowOf({ app, name, samples }));
}

async function measureInto(sample, what) {
  try {
    const { cpu, rss, received } = await measureVariant(what);
    sample.cpu.push(...cpu);
    sample.rss.push(rss / 2 ** 20);
    sample.received ??= received;
  } catch (error) {
    if (stopSignal.aborted) throw error;
    sample.error = whyFailed(error);
  }
}

function rowOf({ app, name, samples }) {
  const { cpu, rss, received, error } = samples[name];
  const row = { app, variant: name };
  if (error !== undefined) return { ...row, error };
  const bare = samples.bare?.cpu ?? [];
  const cpuUs = medianOf(cpu);
  return {
    ...row,
    cpuUs: rounded(cpuUs),
    ...(bare.length > 0 && { capacity: round(medianOf(bare).median / cpuUs.median) }),
    rssMiB: rounded(medianOf(rss)),
    ...(received !== undefined && { ...received, spans: round(received.spans) }),
  };
}

const quickly = ({ warmUp, count }) => ({ warmUp: warmUp / 2, count: count / 2, rounds: 2 });
const round = (value) => Math.round(value * 1000) / 1000;
const rounded = ({ median, spread }) => ({ median: round(median), spread: round(spread) });
