import type { MonitoringSpec, ResolvedSpec } from './monitoring-spec.ts';
import { checkSpec } from './spec/check-spec.ts';
import { scaledDuration } from './spec/duration.ts';
import { specError } from './spec/spec-error.ts';

/**
 * A spec with its defaults, checked.
 * @throws SpecError with every mistake at once, codes `ERR_SPEC_*`
 */
export function resolveSpec(spec: MonitoringSpec): ResolvedSpec {
  const { timeScale = 1 } = spec;
  const resolved: ResolvedSpec = {
    catalogs: spec.catalogs,
    objectives: spec.objectives ?? [],
    tenantBudget: spec.tenantBudget ?? 200,
    seriesBudget: spec.seriesBudget ?? 1_000_000,
    histograms: spec.histograms ?? 'classic',
    ...(spec.release !== undefined && { release: spec.release }),
    without: spec.without ?? [],
    links: {
      grafana: addressOf(spec.links?.grafana ?? 'http://localhost:3000'),
      runbooks: addressOf(spec.links?.runbooks ?? 'docs/runbooks'),
    },
    time: (duration) => scaledDuration(duration, timeScale),
  };
  const [first, ...rest] = checkSpec(resolved, timeScale);
  if (first !== undefined) throw specError([first, ...rest]);
  return resolved;
}

/** Without slashes at the end; what is no text is no address, which the checks say. */
function addressOf(link: unknown): string {
  return typeof link === 'string' ? link.replace(/\/+$/, '') : '';
}
