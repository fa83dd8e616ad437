import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inTurn } from '../in-turn.mjs';
import { medianOf } from '../median.mjs';
import { peerVersions } from '../peers/peers.mjs';
import { stopSignal } from '../stop.mjs';
import { whyFailed } from '../why-failed.mjs';
import { startOnce } from './start-once.mjs';
import { variants } from './variants.mjs';

const apps = ['empty', 'express'];
const costs = ['wallMs', 'cpuMs', 'rssMiB'];

/**
 * What a preload adds to the start of a process, for an app that is empty and one that imports Express: every variant once a round, in turns, after one
 * round that fills the disk's and Node's caches. Rows: `{ app, variant, title, wallMs, cpuMs, rssMiB, added }`, each with
 * `median` and `spread`; `added` is the median above the same app without a preload.
 */
export async function benchStartup({ quick, repeats: asked, say }) {
  const repeats = asked ?? (quick ? 3 : 9);
  const names = Object.keys(variants);
  const cache = await mkdtemp(join(tmpdir(), 'bench-startup-'));
  const samples = new Map();
  try {
    for (let round = 0; round <= repeats; round += 1) {
      say(`startup: round ${round} of ${repeats} ...`);
      for (const app of apps) {
        for (const name of inTurn(names, round))
          await measure({ app, name, round, cache, samples });
      }
    }
  } finally {
    await rm(cache, { recursive: true, force: true });
  }
  const rows = apps.flatMap((app) => names.map((name) => rowOf(app, name, samples)));
  return { repeats, versions: peerVersions(names.filter(isPeer)), rows };
}

async function measure({ app, name, round, cache, samples }) {
  const key = `${app} ${name}`;
  const sample = samples.get(key) ?? { wallMs: [], cpuMs: [], rssMiB: [] };
  samples.set(key, sample);
  if (sample.error !== undefined) return;
  const { flags, cwd, env, compileCache } = variants[name];
  // A cache of its own: code of another variant in it would be looked through too.
  const withCache = compileCache ? { NODE_COMPILE_CACHE: join(cache, name) } : {};
  try {
    const costsOfStart = await startOnce({ app, flags, cwd, env: { ...env, ...withCache } });
    if (round > 0) for (const cost of costs) sample[cost].push(costsOfStart[cost]);
  } catch (error) {
    if (stopSignal.aborted) throw error;
    sample.error = whyFailed(error);
  }
}

function rowOf(app, name, samples) {
  const { title } = variants[name];
  const sample = samples.get(`${app} ${name}`);
  if (sample.error !== undefined) return { app, variant: name, title, error: sample.error };
  const base = samples.get(`${app} ${variants[name].compileCache ? 'bare-cached' : 'bare'}`);
  const row = { app, variant: name, title, added: {} };
  for (const cost of costs) {
    const { median, spread } = medianOf(sample[cost]);
    row[cost] = { median: round(median), spread: round(spread) };
    if (base?.[cost].length > 0) row.added[cost] = round(median - medianOf(base[cost]).median);
  }
  return row;
}

const isPeer = (name) => !/^bare|-cached$/.test(name);
const round = (value) => Math.round(value * 100) / 100;
