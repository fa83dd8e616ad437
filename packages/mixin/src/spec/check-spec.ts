import { minorOf } from '../metrics/renamed.ts';
import type { ResolvedSpec } from '../monitoring-spec.ts';
import { PARTS } from '../parts/absent-parts.ts';
import { checkNames } from './check-names.ts';
import { checkObjectiveNames, checkObjectives } from './check-objectives.ts';
import { checkSeries } from './check-series.ts';
import { type SpecProblem, specProblem } from './spec-error.ts';

/** Every mistake of a spec; later checks trust what earlier ones found right. */
export function checkSpec(spec: ResolvedSpec, timeScale: number): readonly SpecProblem[] {
  const shape = [
    ...checkCatalogs(spec),
    ...checkLists(spec),
    ...checkNumbers(spec, timeScale),
    ...checkWords(spec),
  ];
  if (shape.length > 0) return shape;
  const objectives = [...checkObjectives(spec)];
  return [
    ...checkNames(spec),
    ...checkSeries(spec),
    ...(objectives.length > 0 ? objectives : checkObjectiveNames(spec)),
  ];
}

function* checkCatalogs({ catalogs }: ResolvedSpec): Generator<SpecProblem> {
  const fix = 'export meters that defineMeters() made and pass catalogOf(meters)';
  if (!Array.isArray(catalogs)) {
    yield specProblem('ERR_SPEC_CATALOG', 'catalogs', 'a list of catalogs', catalogs, fix);
    return;
  }
  for (const [i, catalog] of catalogs.entries())
    if (!Array.isArray(catalog?.instruments))
      yield specProblem('ERR_SPEC_CATALOG', `catalogs[${i}]`, 'a catalog', catalog, fix);
}

function* checkLists({ objectives }: ResolvedSpec): Generator<SpecProblem> {
  if (!Array.isArray(objectives))
    yield specProblem(
      'ERR_SPEC_OBJECTIVE',
      'objectives',
      'a list of promises',
      objectives,
      'put it in brackets, or leave it out',
    );
}

function* checkNumbers(spec: ResolvedSpec, timeScale: number): Generator<SpecProblem> {
  for (const key of ['tenantBudget', 'seriesBudget'] as const)
    if (!Number.isSafeInteger(spec[key]) || spec[key] < 1)
      yield specProblem('ERR_SPEC_NUMBER', key, 'an integer from 1', spec[key], 'correct it');
  if (!(typeof timeScale === 'number' && timeScale >= 1 && timeScale <= 1_000))
    yield specProblem(
      'ERR_SPEC_NUMBER',
      'timeScale',
      'a number from 1 to 1000',
      timeScale,
      'leave it out unless this is a drill',
    );
}

function* checkWords({
  histograms,
  release,
  without,
  links,
}: ResolvedSpec): Generator<SpecProblem> {
  if (release !== undefined && minorOf(release) === undefined)
    yield specProblem(
      'ERR_SPEC_RELEASE',
      'release',
      "a version as '1.4.0'",
      release,
      'write the release of your application, or leave it out',
    );
  if (histograms !== 'classic' && histograms !== 'native')
    yield specProblem(
      'ERR_SPEC_HISTOGRAMS',
      'histograms',
      "'classic' or 'native'",
      histograms,
      'use what the services send, classic unless you chose exponential',
    );
  if (!Array.isArray(without) || !without.every((part) => PARTS.includes(part)))
    yield specProblem(
      'ERR_SPEC_WITHOUT',
      'without',
      `a list of ${PARTS.join(', ')}`,
      without,
      'name what your services do not have, or leave it out',
    );
  if (!URL.canParse(links.grafana))
    yield specProblem(
      'ERR_SPEC_LINK',
      'links.grafana',
      'an absolute address',
      links.grafana,
      'write it as http://host:port',
    );
  if (links.runbooks === '' || /\s/.test(links.runbooks))
    yield specProblem(
      'ERR_SPEC_LINK',
      'links.runbooks',
      'an address or a folder',
      links.runbooks,
      'leave it out for docs/runbooks',
    );
}
