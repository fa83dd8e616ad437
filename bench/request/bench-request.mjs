import { inTurn } from '../in-turn.mjs';
import { medianOf } from '../median.mjs';
import { peerVersions } from '../peers/peers.mjs';
import { stopSignal } from '../stop.mjs';
import { whyFailed } from '../why-failed.mjs';
import { apps } from './apps.mjs';
import { measureBeside } from './measure-beside.mjs';
import { variants } from './variants.mjs';

/**
 * CPU of one request, by app and variant: each variant in a process of its own that takes turns with a bare app as young as it is, slice by
 * slice. A variant that fails has `error` in its row, and the others go on. Rows:
 * `{ app, variant, cpuUs: { median, spread }, capacity, rssMiB: { median, spread }, spans, points, bytes }`, per request; capacity is the
 * median over all slices of the CPU of the bare app divided by this one's in the same slice.
 */
export async function benchRequest({ quick, repeats: asked, say }) {
  const repeats = asked ?? (quick ? 1 : 3);
  const rows = [];
  for (const app of Object.keys(apps)) {
    const names = Object.keys(variants).filter(
      (name) => name !== 'bare' && variants[name].apps.includes(app),
    );
    rows.push(...(await benchApp({ app, names, repeats, quick, say })));
  }
  return { repeats, versions: peerVersions(), rows };
}

async function benchApp({ app, names, repeats, quick, say }) {
  const load = quick ? quickly(apps[app].load) : apps[app].load;
  const samples = Object.fromEntries(
    ['bare', ...names].map((name) => [name, { pairs: [], rss: [] }]),
  );
  let prepared;
  try {
    prepared = await apps[app].prepare();
    for (let repeat = 1; repeat <= repeats; repeat += 1) {
      const counting = repeat === 1;
      const order = inTurn(names, repeat);
      const round = (name, index) => {
        say(
          `request: ${app}, round ${repeat} of ${repeats}, ${index + 1} of ${names.length}: ${name} ...`,
        );
        return { app, variant: name, prepared, load, counting };
      };
      await oneRound({ app, order, round, samples, say });
    }
  } catch (error) {
    if (stopSignal.aborted) throw error;
    say(`request: ${app}: ${error.message}`);
    for (const sample of Object.values(samples)) sample.error ??= whyFailed(error);
  } finally {
    await prepared?.end();
  }
  return Object.entries(samples).map(([name, sample]) => rowOf({ app, name, sample }));
}

/** All variants once, each beside a bare app of its own. */
async function oneRound({ app, order, round, samples, say }) {
  for (const [index, name] of order.entries()) {
    const sample = samples[name];
    if (sample.error !== undefined) continue;
    try {
      const { pairs, rss, bareRss, received } = await measureBeside(round(name, index));
      sample.pairs.push(...pairs);
      sample.rss.push(rss);
      sample.received ??= received;
      samples.bare.pairs.push(...pairs.map(({ bareUs }) => ({ bareUs, cpuUs: bareUs })));
      samples.bare.rss.push(bareRss);
    } catch (error) {
      if (stopSignal.aborted) throw error;
      sample.error = whyFailed(error);
      say(`request: ${app}, ${name}: ${sample.error}`);
    }
  }
}

function rowOf({ app, name, sample }) {
  const { pairs, rss, received, error } = sample;
  if (error !== undefined) return { app, variant: name, error };
  return {
    app,
    variant: name,
    cpuUs: rounded(medianOf(pairs.map(({ cpuUs }) => cpuUs))),
    capacity: round(medianOf(pairs.map(({ bareUs, cpuUs }) => bareUs / cpuUs)).median),
    rssMiB: rounded(medianOf(rss.map((bytes) => bytes / 2 ** 20))),
    ...(received !== undefined && { ...received, spans: round(received.spans) }),
  };
}

const quickly = ({ warmUp, count, slices }) => ({
  warmUp: { ...warmUp, most: warmUp.most / 4 },
  count,
  slices: Math.ceil(slices / 6),
});
const round = (value) => Math.round(value * 1000) / 1000;
const rounded = ({ median, spread }) => ({ median: round(median), spread: round(spread) });
