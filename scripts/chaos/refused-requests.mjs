/** What a Prometheus has refused, and a Collector has dropped, since they were started. */
export async function refusedSoFar({ prometheus, collectorMetrics }) {
  const [of, by] = await Promise.all([
    read(new URL('/metrics', prometheus)),
    read(collectorMetrics),
  ]);
  return { requests: countRefused(of), dropped: countDropped(by) };
}

async function read(url) {
  const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
  return response.text();
}

/**
 * Batches that died in between, one a request. Where the Collector dropped no point, none did: on a busy machine its patience ends before
 * Prometheus has answered, which counts that as 500, and the same batch is sent again.
 */
export const refusedBetween = (before, after) =>
  after.dropped === before.dropped ? 0 : after.requests - before.requests;

/** OTLP requests that Prometheus has not taken, of what it says about itself. 429, 502, 503 and 504 are sent again. */
export function countRefused(exposition) {
  return [
    ...exposition.matchAll(
      /^prometheus_http_requests_total\{code="(\d+)",handler="\/api\/v1\/otlp[^"]*"\} (\S+)$/gm,
    ),
  ]
    .filter(([, code]) => !/^(2..|429|502|503|504)$/.test(code))
    .reduce((sum, [, , count]) => sum + Number(count), 0);
}

/** Points that the Collector gave up on, on their way to Prometheus, of what it says about itself. */
export function countDropped(exposition) {
  return [
    ...exposition.matchAll(
      /^otelcol_exporter_send_failed_metric_points(?:_total)?\{[^}]*exporter="otlp_http\/prometheus"[^}]*\} (\S+)$/gm,
    ),
  ].reduce((sum, [, count]) => sum + Number(count), 0);
}
