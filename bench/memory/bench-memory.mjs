import { inTurn } from '../in-turn.mjs';
import { medianOf } from '../median.mjs';
import { peerVersions } from '../peers/peers.mjs';
import { apps } from '../request/apps.mjs';
import { startVariant } from '../request/start-variant.mjs';
import { variants } from '../request/variants.mjs';
import { stopSignal } from '../stop.mjs';
import { whyFailed } from '../why-failed.mjs';

const names = [
  ...['bare', 'bellwether', 'bellwether-metrics', 'stock', 'stock-as-installed'],
  ...['elastic', 'splunk', 'dd-trace', 'newrelic', 'prom-bundle'],
];

/**
 * Resident memory of the hello app after a fixed number of requests, as fast as it answers, median of several processes. Rows:
 * `{ variant, rssMiB: { median, spread } }`, or `{ variant, error }`.
 */
export async function benchMemory({ quick, repeats: asked, say }) {
  const repeats = asked ?? (quick ? 1 : 3);
  const requests = quick ? 10_000 : 15_000;
  const samples = Object.fromEntries(names.map((name) => [name, []]));
  const errors = {};
  const prepared = await apps.hello.prepare();
  for (let repeat = 1; repeat <= repeats; repeat += 1) {
    for (const [index, variant] of inTurn(names, repeat).entries()) {
      if (errors[variant] !== undefined) continue;
      say(`memory: round ${repeat} of ${repeats}, ${index + 1} of ${names.length}: ${variant} ...`);
      try {
        samples[variant].push((await rssAfter(requests, { variant, prepared })) / 2 ** 20);
      } catch (error) {
        if (stopSignal.aborted) throw error;
        errors[variant] = whyFailed(error);
        say(`memory: ${variant}: ${errors[variant]}`);
      }
    }
  }
  const rows = names.map((variant) =>
    errors[variant] === undefined
      ? { variant, title: variants[variant].title, rssMiB: rounded(medianOf(samples[variant])) }
      : { variant, title: variants[variant].title, error: errors[variant] },
  );
  return { repeats, requests, versions: peerVersions(), rows };
}

async function rssAfter(requests, { variant, prepared }) {
  const measured = await startVariant({ app: 'hello', variant, prepared });
  try {
    await measured.serve(requests);
    return await measured.rss();
  } finally {
    await measured.end();
  }
}

const rounded = ({ median, spread }) => ({
  median: Math.round(median * 10) / 10,
  spread: Math.round(spread * 1000) / 1000,
});
