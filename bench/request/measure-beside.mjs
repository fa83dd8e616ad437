import { startVariant } from './start-variant.mjs';

/**
 * A variant beside the bare app, both alive and warm, in short slices that take turns: what makes the machine slower for a moment hits both. Gives
 * `pairs` (`{ bareUs, cpuUs }` of each slice), `rss` after the last, and with `counting` also `received`, spans per request.
 */
export async function measureBeside({ bare, app, variant, prepared, load, counting }) {
  const { warmUp, count, slices } = load;
  const measured = await startVariant({ app, variant, prepared });
  try {
    const warm = await measured.warmUp(warmUp);
    // The bare app has waited while this one warmed up: what idleness costs is not measured.
    const settled = count;
    await bare.serve(settled);
    await measured.serve(settled);
    const pairs = [];
    for (let slice = 0; slice < slices; slice += 1) {
      const first = slice % 2 === 0 ? bare : measured;
      const second = first === bare ? measured : bare;
      const costs = [await first.serve(count), await second.serve(count)];
      const [bareUs, cpuUs] = first === bare ? costs : costs.toReversed();
      pairs.push({ bareUs, cpuUs });
    }
    const rss = await measured.rss();
    const received = counting ? await measured.received() : undefined;
    if (received === undefined) return { pairs, rss };
    return {
      pairs,
      rss,
      received: { ...received, spans: received.spans / (warm + settled + slices * count) },
    };
  } finally {
    await measured.end();
  }
}
