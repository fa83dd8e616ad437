import { parse } from 'yaml';
import { generatedFiles } from '../generate/generate.ts';
import { durationSeconds } from '../verify/duration-seconds.ts';
import type { Assumed } from './assumptions.ts';
import type { Fleet } from './fleet.ts';
import type { SeriesSource } from './series-source.ts';
import { valuesOf } from './service-series.ts';

interface Group {
  readonly name: string;
  readonly interval?: string;
  readonly rules: readonly {
    readonly record?: string;
    readonly expr: string;
    readonly labels?: { readonly slo?: string };
  }[];
}

/** Labels of a level; more in `by (...)` are attributes. Two versions at once are the exception. */
const LEVEL_LABELS = new Set([
  'deployment_environment_name',
  'job',
  'service_name',
  'service_version',
  'tenant_id',
  'http_route',
  'le',
  'slo',
]);

/** The series that recording rules write: those of the generated rules, counted by the level in their names. */
export function recordedSeries(fleet: Fleet, assumed: Assumed): readonly SeriesSource[] {
  const groups = generatedFiles(fleet.spec)
    .filter(({ path }) => path.startsWith('prometheus/rules/'))
    .flatMap(({ text }) => (parse(text) as { groups: readonly Group[] }).groups);
  const objectives = new Set(
    groups.flatMap(({ rules }) => rules.flatMap(({ labels }) => labels?.slo ?? [])),
  ).size;
  return groups.flatMap(({ name, interval, rules }) => {
    const records = rules.filter(({ record }) => record !== undefined);
    if (records.length === 0) return [];
    const series = records.reduce(
      (sum, { record = '', expr, labels }) =>
        sum +
        levelSize(record, labels?.slo === undefined ? objectives : 1, fleet) *
          attributeSize(expr, fleet, assumed.openValues.value),
      0,
    );
    const everySeconds = durationSeconds(interval ?? '') ?? fleet.scrapeSeconds;
    return [
      {
        source: `rules ${name}`,
        metrics: records.map(({ record = '' }) => record),
        series,
        how: `${records.length} rules`,
        everySeconds,
        perProcess: false,
      },
    ];
  });
}

/** Series of one rule by the level that its name begins with. Tenants are those of the whole fleet. */
function levelSize(record: string, objectives: number, fleet: Fleet): number {
  const { services, routes, tenants } = fleet;
  const [level = ''] = record.split(':');
  if (record === 'slo:target:ratio') return 1;
  const sizes: Readonly<Record<string, number>> = {
    job: services,
    job_route: services * routes,
    job_tenant: services * tenants,
    slo: objectives,
    slo_tenant: objectives * tenants,
  };
  return sizes[level] ?? services;
}

function attributeSize(expr: string, { spec }: Fleet, open: number): number {
  const [, labels = ''] = /^\w+ by \(([^)]*)\)/.exec(expr) ?? [];
  const kinds = new Map(
    spec.catalogs.flatMap(({ instruments }) =>
      instruments.flatMap(({ attributes }) => Object.entries(attributes)),
    ),
  );
  return labels
    .split(', ')
    .filter((label) => label !== '' && !LEVEL_LABELS.has(label))
    .reduce((product, label) => {
      const kind = kinds.get(label);
      return product * (kind === undefined ? open : valuesOf(kind, open));
    }, 1);
}
