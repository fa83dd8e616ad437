import type { AttributeKind, CatalogInstrument } from '@bellwether/meters';
import type { ResolvedSpec } from '../monitoring-spec.ts';
import { type SpecProblem, specProblem } from './spec-error.ts';

/** Instruments that could make more series than the budget has, if every attribute took every value for every tenant. */
export function* checkSeries(spec: ResolvedSpec): Generator<SpecProblem> {
  const { catalogs, seriesBudget } = spec;
  for (const { scope, instruments } of catalogs)
    for (const instrument of instruments) {
      const factors = factorsOf(instrument, spec);
      const series = factors.reduce((product, { size }) => product * size, 1);
      if (series <= seriesBudget) continue;
      yield specProblem(
        'ERR_SPEC_SERIES_BUDGET',
        `the series of ${instrument.name} in ${scope}`,
        `at most ${seriesBudget}`,
        series,
        `${factors.map(({ of, size }) => `${size} ${of}`).join(' * ')}: declare fewer or smaller attributes, { tenant: false }, or raise seriesBudget`,
      );
    }
}

interface Factor {
  readonly of: string;
  readonly size: number;
}

function factorsOf(
  { attributes, tenant, boundaries }: CatalogInstrument,
  { tenantBudget, histograms }: ResolvedSpec,
): Factor[] {
  const factors = Object.entries(attributes).map(([of, kind]) => ({ of, size: sizeOf(kind) }));
  // Tenants beyond the budget share one more name.
  if (tenant) factors.push({ of: 'tenants', size: tenantBudget + 1 });
  // `+Inf`, `_sum` and `_count` besides the bounds.
  if (boundaries !== undefined && histograms === 'classic')
    factors.push({ of: 'buckets', size: boundaries.length + 3 });
  return factors;
}

function sizeOf(kind: AttributeKind): number {
  const absent = kind.kind === 'optional' ? 1 : 0;
  const of = kind.kind === 'optional' ? kind.of : kind;
  return absent + (of.kind === 'oneOf' ? of.values.length : of.limit + 1);
}
