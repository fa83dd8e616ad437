// The suites, in the order in which they run. Each has `bench-<suite>.mjs`, `render-<suite>.mjs` and `targets.mjs` in its folder.

/** `peers`: whether it needs the packages of bench/peers. `packages`: what must be built before. */
const suites = {
  record: { packages: ['meters', 'sdk'], peers: false },
  collect: { packages: ['meters', 'sdk'], peers: false },
  startup: { packages: ['meters', 'sdk'], peers: true },
  request: { packages: ['meters', 'testkit', 'sdk', 'shop'], peers: true },
  memory: { packages: ['meters', 'sdk'], peers: true },
};

export const suiteNames = Object.keys(suites);

/** What must be built and installed before these suites run. */
export function needsOf(names) {
  return {
    packages: [...new Set(names.flatMap((name) => suites[name].packages))],
    peers: names.some((name) => suites[name].peers),
  };
}

/** `{ bench, render, targets }` of a suite. */
export async function loadSuite(name) {
  const from = (file) => import(`./${name}/${file}.mjs`);
  const named = `${name[0].toUpperCase()}${name.slice(1)}`;
  const [bench, render, { targets }] = await Promise.all([
    from(`bench-${name}`),
    from(`render-${name}`),
    from('targets'),
  ]);
  return { bench: bench[`bench${named}`], render: render[`render${named}`], targets };
}
