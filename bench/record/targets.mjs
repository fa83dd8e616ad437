/** What a recorded call may cost: shares of what the peers need in the same run, medians, and bytes. */
const ratios = [
  ['counter', 1_000, 'opentelemetry', 0.1],
  ['counter', 1_000, 'prom-client', 0.2],
  ['counter', 10_000, 'opentelemetry', 0.12],
  ['counter', 10_000, 'prom-client', 0.25],
  ['counterFreshTenant', 1_000, 'opentelemetry', 0.25],
  ['counterFreshTenant', 1_000, 'prom-client', 0.5],
  ['bound', 1_000, 'opentelemetry', 0.02],
  ['histogramExplicit', 1_000, 'opentelemetry', 0.12],
  ['histogramExponential', 1_000, 'opentelemetry', 0.15],
];
const names = { opentelemetry: 'OTel', 'prom-client': 'prom-client' };
const inWords = {
  counter: 'counter add',
  counterFreshTenant: 'counter add, fresh tenant string each call',
  bound: 'bound handle',
  histogramExplicit: 'histogram, explicit',
  histogramExponential: 'histogram, exponential',
};

/** The record path's rows of the targets table. */
export function targets({ rows }) {
  const costOf = (name, tenants, implementation) =>
    rows.find((row) => row.case === name && row.tenants === tenants)?.[implementation];
  const list = ratios.map(([name, tenants, peer, target]) => ({
    what: `${inWords[name]}, ${tenants.toLocaleString('en')} tenants`,
    target,
    atMost: true,
    value: round(costOf(name, tenants, 'bellwether')?.ns / costOf(name, tenants, peer)?.ns),
    unit: `× ${names[peer]}`,
  }));
  const { bytes } = costOf('counter', 1_000, 'bellwether');
  const memory = { what: 'counter add, 1,000 tenants', target: 60, atMost: true };
  return [...list.slice(0, 2), { ...memory, value: bytes, unit: 'B' }, ...list.slice(2)];
}

const round = (value) => Math.round(value * 1_000) / 1_000;
