import type { AttributeKind, InstrumentDefinition } from '@bellwether/meters';
import { dbConventions, httpConventions, prismaConventions } from '@bellwether/meters/conventions';
import { metricName } from '@bellwether/meters/prometheus';
import type { Assumed } from './assumptions.ts';
import { type Fleet, processes, tenantSeries } from './fleet.ts';
import { type Factor, product, type SeriesSource } from './series-source.ts';

/** Methods by which requests under way are told apart: GET, POST, PUT, DELETE. */
const METHODS = 4;

/** The series that services send: conventions first, then every instrument of the catalogs. */
export function serviceSeries(fleet: Fleet, assumed: Assumed): readonly SeriesSource[] {
  const { routes, spec } = fleet;
  const { without = [] } = spec;
  const value = (name: keyof Assumed) => assumed[name].value;
  const combinations = (size: number): Factor => ({ of: 'combinations', size });
  const of = (instrument: InstrumentDefinition, ...factors: Factor[]) =>
    sourceOf(instrument, factors, fleet, assumed);
  const sqlAbsent = without.includes('database') && without.includes('redis');
  const found = [
    of(
      httpConventions.serverDuration,
      { of: 'routes', size: routes },
      { of: 'answers', size: value('answers') },
    ),
    of(httpConventions.activeRequests, { of: 'methods', size: METHODS }),
    of(httpConventions.serverCountries, { of: 'countries', size: value('countries') }),
    ...(without.includes('http-client')
      ? []
      : [of(httpConventions.clientDuration, combinations(value('calls')))]),
    ...(sqlAbsent ? [] : [of(dbConventions.operationDuration, combinations(value('operations')))]),
    ...(without.includes('prisma') || without.includes('database')
      ? []
      : [of(prismaConventions.operationDuration, combinations(value('queries')))]),
    ...spec.catalogs.flatMap(({ instruments }) =>
      instruments.map((instrument) =>
        of(instrument, ...attributeFactors(instrument, value('openValues'))),
      ),
    ),
    spanSeries(fleet, value('spanNames')),
    product(
      { source: 'process', metrics: [], everySeconds: fleet.exportSeconds, perProcess: true },
      [{ of: 'series', size: value('processSeries') }, ofProcesses(fleet)],
    ),
  ];
  return found.filter(({ series }) => series > 0);
}

function sourceOf(
  instrument: InstrumentDefinition,
  factors: readonly Factor[],
  fleet: Fleet,
  assumed: Assumed,
): SeriesSource {
  const { name, unit, kind, tenant, boundaries } = instrument;
  const isHistogram = kind === 'histogram';
  const named =
    kind === 'counter' ? 'monotonic-sum' : kind === 'upDownCounter' ? 'other-sum' : kind;
  const classic = isHistogram && fleet.spec.histograms !== 'native';
  return product(
    {
      source: name,
      metrics: [metricName(name, unit, named)],
      everySeconds: fleet.exportSeconds,
      perProcess: true,
    },
    [
      ...(tenant ? [{ of: 'tenants', size: tenantSeries(fleet) }] : []),
      ...factors,
      // `+Inf`, `_sum` and `_count` beside the bounds.
      ...(classic
        ? [{ of: 'series a histogram', size: (boundaries ?? DEFAULT_BOUNDARIES).length + 3 }]
        : []),
      ...(tenant ? [{ of: 'coverage', size: assumed.coverage.value }] : []),
      ofProcesses(fleet),
    ],
  );
}

/** Of OpenTelemetry, where a histogram names none. */
const DEFAULT_BOUNDARIES = { length: 15 };

const ofProcesses = (fleet: Fleet): Factor => ({ of: 'processes', size: processes(fleet) });

function attributeFactors({ attributes }: InstrumentDefinition, open: number): Factor[] {
  return Object.entries(attributes).map(([of, kind]) => ({ of, size: valuesOf(kind, open) }));
}

/** Values that an attribute is seen with: all of a closed list, a few of an open one. */
export function valuesOf(kind: AttributeKind, open: number): number {
  if (kind.kind === 'optional') return valuesOf(kind.of, open);
  return kind.kind === 'oneOf' ? kind.values.length : Math.min(kind.limit, open);
}

/** The Collector's histogram of spans has no tenant, and 14 bounds. */
function spanSeries(fleet: Fleet, names: number): SeriesSource {
  return product(
    {
      source: 'spans',
      metrics: ['traces_span_metrics_duration_seconds', 'traces_span_metrics_calls_total'],
      everySeconds: 15,
      perProcess: true,
    },
    [{ of: 'names', size: names }, { of: 'series a name', size: 18 }, ofProcesses(fleet)],
  );
}
