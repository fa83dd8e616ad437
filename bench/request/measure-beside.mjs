import { startVariant } from './start-variant.mjs';
import { warmUpBeside } from './warm-up-beside.mjs';

/**
 * A variant beside a bare app that started with it and answered as many requests: first both warm up in turns, then they answer short slices in
 * turns. What makes the machine slower for a moment hits both, and so does what makes a process faster as it grows older. Gives `pairs`
 * (`{ bareUs, cpuUs }` of each slice), `rss` and `bareRss` after the last, and with `counting` also `received`, spans per request.
 */
export async function measureBeside({ app, variant, prepared, load, counting }) {
  const { warmUp, count, slices } = load;
  const bare = await startVariant({ app, variant: 'bare', prepared });
  let measured;
  try {
    measured = await startVariant({ app, variant, prepared });
    const warm = await warmUpBeside(bare, measured, warmUp);
    const pairs = [];
    for (let slice = 0; slice < slices; slice += 1) {
      const first = slice % 2 === 0 ? bare : measured;
      const second = first === bare ? measured : bare;
      const costs = [await first.serve(count), await second.serve(count)];
      const [bareUs, cpuUs] = first === bare ? costs : costs.toReversed();
      pairs.push({ bareUs, cpuUs });
    }
    const rss = await measured.rss();
    const bareRss = await bare.rss();
    const received = counting ? await measured.received() : undefined;
    if (received === undefined) return { pairs, rss, bareRss };
    const spans = received.spans / (warm + slices * count);
    return { pairs, rss, bareRss, received: { ...received, spans } };
  } finally {
    await measured?.end();
    await bare.end();
  }
}
