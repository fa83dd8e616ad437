const wellKnown = new Set([80, 443]);

/**
 * Decides which ports of servers appear on client metrics. 80 and 443 always do, then the first `limit` others that come; from then on a
 * new port is left out, because ephemeral ports (tests, service discovery) would make a series each.
 */
export function boundedPorts(limit: number): (port: number | undefined) => number | undefined {
  const kept = new Set<number>();
  return (port) => {
    if (port === undefined || wellKnown.has(port) || kept.has(port)) return port;
    if (kept.size >= limit) return undefined;
    kept.add(port);
    return port;
  };
}
