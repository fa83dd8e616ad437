import { metricName } from '@bellwether/meters/prometheus';
import type { PromLabels } from './registry.ts';

/** How a family leaves. */
export type FamilyKind = 'counter' | 'sum' | 'gauge' | 'histogram' | 'summary';

/** Names that Prometheus takes from the resource of a sender: a scrape moves them aside too. */
const TARGET_LABELS = ['job', 'instance'];

/**
 * The kind under which a metric arrives by its own name. Prometheus appends `_total` to sums that only grow, so a counter of another name
 * leaves as a sum that may fall: its values are the same, its type in Prometheus is a gauge's.
 */
export function kindOf(type: string, name: string): FamilyKind {
  if (type === 'counter') {
    return metricName(name, '', 'monotonic-sum') === name ? 'counter' : 'sum';
  }
  return type === 'histogram' || type === 'summary' ? type : 'gauge';
}

/** A counter's name as a scrape of its registry shows it. */
export function exposedName(type: string, name: string, isOpenMetrics: boolean): string {
  return type === 'counter' && isOpenMetrics ? `${name.replace(/_total$/, '')}_total` : name;
}

/** The name that it gets in Prometheus when that is another one: `a__b` and `_a` can't be kept. */
export function otherName(name: string): string | undefined {
  const arriving = metricName(name, '', 'gauge');
  return arriving === name ? undefined : arriving;
}

/** The labels of a series with the default ones of its registry, under the names of a scrape. */
export function arrivingLabels(
  labels: Record<string, string>,
  defaults: PromLabels | undefined,
): PromLabels {
  for (const name in defaults) labels[name] ||= defaults[name] as string;
  for (const name of TARGET_LABELS) {
    const value = labels[name];
    if (value === undefined) continue;
    delete labels[name];
    labels[`exported_${name}`] = value;
  }
  return labels;
}
