// What a collection may cost, as a share of what it costs sdk-metrics.

const wanted = [
  ['collect + serialize, 10,000 counters', 'counter', 10_000, 'collectMs', 0.02],
  ['longest export block, 100,000 counters', 'counter', 100_000, 'blockMs', 0.05],
  ['memory per counter series after a collect, 10,000', 'counter', 10_000, 'bytesPerSeries', 0.8],
];

export function targets({ rows }) {
  return wanted.flatMap(([what, kind, series, measure, target]) => {
    const row = rows.find((each) => each.kind === kind && each.series === series);
    if (row?.bellwether === undefined || row.opentelemetry === undefined) return [];
    const value = row.bellwether[measure].median / row.opentelemetry[measure].median;
    return [{ what, target, atMost: true, value, unit: '× OTel' }];
  });
}
