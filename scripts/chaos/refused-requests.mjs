/** OTLP requests that this Prometheus has refused for good since it was started: one batch of points each. */
export async function refusedRequests(prometheus) {
  const response = await fetch(new URL('/metrics', prometheus), {
    signal: AbortSignal.timeout(10_000),
  });
  return countRefused(await response.text());
}

/** The same of what it says about itself. 429, 502, 503 and 504 are sent again. */
export function countRefused(exposition) {
  return [
    ...exposition.matchAll(
      /^prometheus_http_requests_total\{code="(\d+)",handler="\/api\/v1\/otlp[^"]*"\} (\S+)$/gm,
    ),
  ]
    .filter(([, code]) => !/^(2..|429|502|503|504)$/.test(code))
    .reduce((sum, [, , count]) => sum + Number(count), 0);
}
