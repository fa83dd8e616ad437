// What a request may cost. Capacity: CPU of the bare app / CPU of this one. Ratios are of capacity, so of CPU the other way round.

const rivals = {
  stock: 3.5,
  'stock-as-installed': 3.5,
  elastic: 3.5,
  splunk: 3.5,
  'dd-trace': 1.5,
};
const everyPeer = [...Object.keys(rivals), 'newrelic'];
const traced = { hello: 0.65, redis: 0.7 };

export function targets({ rows }) {
  const of = (app, variant) =>
    rows.find((row) => row.app === app && row.variant === variant)?.capacity;
  const has = (app) => rows.some((row) => row.app === app);
  return [
    ...Object.entries(traced)
      .filter(([app]) => has(app))
      .flatMap(([app, wanted]) => [
        atLeast(`${app}: capacity with traces always on`, wanted, of(app, 'bellwether')),
        ...Object.entries(rivals).map(([rival, times]) =>
          atLeast(
            `${app}: capacity with traces always on`,
            times,
            of(app, 'bellwether') / of(app, rival),
            `× ${rival}`,
          ),
        ),
      ]),
    ...(has('hello')
      ? [
          atLeast('hello: capacity, metrics only', 0.9, of('hello', 'bellwether-metrics')),
          atLeast(
            'hello: capacity, metrics only',
            1,
            of('hello', 'bellwether-metrics') / of('hello', 'prom-bundle'),
            '× express-prom-bundle',
          ),
        ]
      : []),
    ...(has('shop')
      ? [
          atLeast(
            'shop: capacity with traces on',
            1,
            of('shop', 'bellwether') / best(everyPeer.map((rival) => of('shop', rival))),
            '× best peer',
          ),
        ]
      : []),
  ];
}

const atLeast = (what, target, value, unit = '') => ({ what, target, atMost: false, value, unit });
const best = (values) => Math.max(...values.filter((value) => value !== undefined));
