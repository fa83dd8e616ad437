import type { Measure } from './measures.ts';

/** The query of all answered requests, as the SDK counts them. */
export function requestsPromql(window: string): string {
  return `sum by (tenant_id) (last_over_time(http_server_request_duration_seconds_count[${window}]))`;
}

/**
 * A counter's value is its last sample, summed over the processes: `increase()` would guess between samples, and this is exact.
 * A restarted process is another `instance`, so nothing is counted twice. Every replica reports the same gauge: `max`.
 */
export function promqlOf({ meter, kind, by, only = {} }: Measure, window: string): string {
  const name = `${meter.replaceAll('.', '_')}${kind === 'counter' ? '_total' : ''}`;
  const matchers = Object.entries(only).map(([label, values]) => `${label}=~"${values.join('|')}"`);
  const labels = ['tenant_id', ...by].join(', ');
  const over = kind === 'counter' ? 'sum' : 'max';
  return `${over} by (${labels}) (last_over_time(${name}{${matchers.join(',')}}[${window}]))`;
}
