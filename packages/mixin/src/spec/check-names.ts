import type { Metric } from '../metrics/metric.ts';
import { metricSources } from '../metrics/metric-sources.ts';
import { aliasesOf } from '../metrics/renamed.ts';
import type { ResolvedSpec } from '../monitoring-spec.ts';
import { type SpecProblem, specProblem } from './spec-error.ts';

/**
 * Metrics that Prometheus would mix up: two catalogs, or a catalog and what the SDK and the servers emit. Two services may
 * have the same instrument, but then it must be the same in all that makes series.
 */
export function* checkNames(spec: ResolvedSpec): Generator<SpecProblem> {
  const known = new Map<string, { readonly metric: Metric; readonly title: string }>();
  const said = new Set<string>();
  for (const { title, metrics } of metricSources(spec))
    for (const metric of metrics)
      for (const name of namesOf(metric, spec)) {
        const other = known.get(name);
        if (other === undefined) known.set(name, { metric, title });
        else if (shapeOf(other.metric) !== shapeOf(metric) && !said.has(metric.name)) {
          said.add(metric.name);
          yield specProblem(
            'ERR_SPEC_NAME_CLASH',
            `${own(other.metric)} (${other.title}) and ${own(metric)} (${title})`,
            'different in Prometheus, or equal in kind, unit, attributes, tenant and boundaries',
            name,
            'rename one of them',
          );
        }
      }
  for (const { metric, old } of aliasesOf(spec))
    for (const name of namesOf(old, spec)) {
      const other = known.get(name);
      if (other === undefined) known.set(name, { metric: old, title: 'a name of before' });
      else
        yield specProblem(
          'ERR_SPEC_NAME_CLASH',
          `the old name of ${own(metric)} and ${own(other.metric)} (${other.title})`,
          'different in Prometheus',
          name,
          'leave renamedFrom out: the name has another meaning now',
        );
    }
}

/** All names under which its series are found. */
export function namesOf({ name, kind }: Metric, { histograms }: ResolvedSpec): readonly string[] {
  return kind === 'histogram' && histograms === 'classic'
    ? [name, `${name}_bucket`, `${name}_count`, `${name}_sum`]
    : [name];
}

const own = ({ instrument, name }: Metric) => instrument ?? name;

function shapeOf({ instrument, name, kind, unit, tenant, labels, boundaries }: Metric): string {
  return JSON.stringify([instrument ?? name, kind, unit, tenant, labels.toSorted(), boundaries]);
}
