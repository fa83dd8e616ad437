/**
 * Seconds of the longest time without a sample between `from` and `to` (seconds since 1970), of every process that has samples before
 * and after. `series` holds their times in order. Undefined where no process lived through it.
 */
export function longestGap(series, from, to) {
  const gaps = series
    .filter((times) => times.some((time) => time <= from) && times.some((time) => time >= to))
    .flatMap((times) =>
      times.slice(1).flatMap((time, index) => {
        const previous = times[index];
        return time > from && previous < to ? [time - previous] : [];
      }),
    );
  return gaps.length === 0 ? undefined : Math.max(...gaps);
}

/** The same of the replicas of the shop, asked of Prometheus: counters do not show whether an outage's points came later. */
export async function readLongestGap(prometheus, from, to) {
  const seconds = Math.ceil(Date.now() / 1000 - from) + 60;
  const response = await fetch(new URL('/api/v1/query', prometheus), {
    method: 'POST',
    body: new URLSearchParams({
      query: `process_uptime_seconds{service_name="shop"}[${seconds}s]`,
    }),
    signal: AbortSignal.timeout(10_000),
  });
  const { data } = await response.json();
  return longestGap(
    data.result.map(({ values }) => values.map(([time]) => time)),
    from,
    to,
  );
}
