/** What memory under load must be, as a share of stock OpenTelemetry's. */
export function targets({ rows }) {
  const rss = (name) => rows.find(({ variant }) => variant === name)?.rssMiB?.median;
  return [
    {
      what: 'resident memory under load, traces always on',
      target: 0.6,
      atMost: true,
      value: rss('bellwether') / rss('stock'),
      unit: '× stock',
    },
  ];
}
