import type { Metric } from '../metrics/metric.ts';

/** The labels of a service in tests of alerts, as its alerts carry them. */
export const shop = {
  deployment_environment_name: 'production',
  job: 'bellwether/shop',
  service_name: 'shop',
} as const;

/** The labels of one replica of it, as its series carry them. */
export const replica = (instance: string, version = '1.4.0') => ({
  ...shop,
  instance,
  service_instance_id: instance,
  service_namespace: 'bellwether',
  service_version: version,
});

/** A series in promtool's notation, named by its metric. `suffix` is `_bucket`, `_count` or `_sum` of a classic histogram. */
export function series(
  metric: Metric,
  labels: Readonly<Record<string, string>>,
  suffix = '',
): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
  return `${metric.name}${suffix}{${pairs.join(',')}}`;
}
