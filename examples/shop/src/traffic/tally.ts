/** What one tenant's requests came to, as its clients saw it. */
export interface TenantTally {
  /** Answered requests with valid credentials: those the shop counts for this tenant. */
  requests: number;
  /** Answered requests whose credentials were wrong on purpose: they belong to no tenant. */
  rejected: number;
  /** Sent, and no answer came. Then nobody knows whether the shop counted it. */
  unanswered: number;
  statuses: Record<string, number>;
  journeys: Record<string, number>;
}

/** Latencies in a bounded sample: every one up to `limit`, then each as likely as any other (algorithm R). */
export interface LatencySample {
  add(seconds: number): void;
  quantile(q: number): number;
}

export function createLatencySample(random: () => number, limit = 10_000): LatencySample {
  const sample: number[] = [];
  let seen = 0;
  return {
    add: (seconds) => {
      seen += 1;
      if (sample.length < limit) sample.push(seconds);
      else {
        const place = Math.floor(random() * seen);
        if (place < limit) sample[place] = seconds;
      }
    },
    quantile: (q) => {
      const sorted = sample.toSorted((a, b) => a - b);
      return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
    },
  };
}

export function newTally(): TenantTally {
  return { requests: 0, rejected: 0, unanswered: 0, statuses: {}, journeys: {} };
}

export function addTo(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}
