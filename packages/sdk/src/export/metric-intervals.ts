import type { StandardSettings } from '../config/read-standard.ts';

/** How often metrics leave and how long that may take: no longer than the time to the next export. */
export function metricIntervals(settings: StandardSettings): {
  readonly intervalMs: number;
  readonly timeoutMs: number;
} {
  const intervalMs = Number(settings.get('OTEL_METRIC_EXPORT_INTERVAL') ?? 60_000);
  const timeoutMs = Number(settings.get('OTEL_METRIC_EXPORT_TIMEOUT') ?? 30_000);
  return { intervalMs, timeoutMs: Math.min(timeoutMs, intervalMs) };
}
