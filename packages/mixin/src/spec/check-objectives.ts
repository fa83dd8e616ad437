import { http } from '../metrics/sdk-metrics.ts';
import type { ResolvedSpec, ServiceObjective } from '../monitoring-spec.ts';
import { allSlos } from '../slo/all-slos.ts';
import { type SpecProblem, specProblem } from './spec-error.ts';

/** Promises about services that cannot be measured; those of instruments were checked when they were defined. */
export function* checkObjectives(spec: ResolvedSpec): Generator<SpecProblem> {
  for (const [i, objective] of spec.objectives.entries()) yield* checkObjective(objective, i, spec);
}

/** Two promises under one name, which would add up into one. */
export function* checkObjectiveNames(spec: ResolvedSpec): Generator<SpecProblem> {
  const seen = new Set<string>();
  for (const { id } of allSlos(spec)) {
    if (seen.has(id))
      yield bad('every objective', 'about something else', id, 'join the two, or remove one');
    seen.add(id);
  }
}

function* checkObjective(
  objective: ServiceObjective,
  i: number,
  { histograms }: ResolvedSpec,
): Generator<SpecProblem> {
  const { service, availability, latency } = objective ?? {};
  if (typeof service !== 'string' || !SERVICE.test(service)) {
    yield bad(
      `objectives[${i}].service`,
      'a service.name',
      service,
      'name the service, without quotes, braces and controls',
    );
    return;
  }
  if (availability === undefined && latency === undefined)
    yield bad(
      `the objective of ${service}`,
      'about something',
      objective,
      'add availability or latency',
    );
  if (availability !== undefined && !isShare(availability))
    yield bad(`availability of ${service}`, SHARE, availability, 'write 0.999 for 99.9 %');
  if (latency === undefined) return;
  if (!isShare(latency?.target))
    yield bad(`latency.target of ${service}`, SHARE, latency?.target, 'write 0.99 for 99 %');
  const { boundaries = [] } = http.serverDuration;
  const within = latency?.within;
  if (histograms === 'native' ? !(within > 0) : !boundaries.includes(within))
    yield bad(
      `latency.within of ${service}`,
      histograms === 'native' ? 'above 0 seconds' : `one of ${boundaries.join(', ')} seconds`,
      within,
      'choose a bucket bound: between two of them nothing is known',
    );
}

/** It becomes a label, a name in PromQL and words in templates and pages. */
const SERVICE = /^[^"\\{}\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]{1,255}$/u;
const SHARE = 'a share above 0 and below 1';
const isShare = (share: unknown) => typeof share === 'number' && share > 0 && share < 1;

function bad(what: string, range: string, value: unknown, fix: string): SpecProblem {
  return specProblem('ERR_SPEC_OBJECTIVE', what, range, value, fix);
}
