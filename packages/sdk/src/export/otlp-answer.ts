/** What a Collector answers that takes a request: of each signal the same, but for the name of the number. */
export interface OtlpAnswer {
  readonly partialSuccess?: {
    readonly errorMessage?: string;
    readonly rejectedSpans?: number | string;
    readonly rejectedDataPoints?: number | string;
    readonly rejectedLogRecords?: number | string;
  };
}

/** How many items it did not take although it took the request. */
export function rejectedItems({ partialSuccess }: OtlpAnswer): number {
  const count =
    partialSuccess?.rejectedSpans ??
    partialSuccess?.rejectedDataPoints ??
    partialSuccess?.rejectedLogRecords;
  return Math.max(0, Number(count ?? 0)) || 0;
}
