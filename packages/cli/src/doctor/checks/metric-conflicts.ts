import { type Check, ok, skipped, warn } from '../check.ts';
import { askPrometheus } from '../net/ask-prometheus.ts';
import { fields, isText, listOf, mapOf, optional } from '../net/shape.ts';

const HINT =
  'Two definitions share a name. Give one of them another, in the catalog or in the code that makes the instrument.';

export const metricConflicts: Check = {
  id: 'metric-conflicts',
  group: 'fleet',
  title: 'One name is one metric',
  needs: ['prometheus'],
  async run(context) {
    // What came by OTLP has no metadata in Prometheus: its type and unit are in its name.
    const names = await askPrometheus(context, '/api/v1/label/__name__/values', listOf(isText), {
      'match[]': '{service_name!="",__name__!~".*:.*"}',
    });
    if (names.problem !== undefined) return skipped(names.problem);
    const metadata = await askPrometheus(context, '/api/v1/metadata', mapOf(listOf(isMetadata)));
    if (metadata.problem !== undefined) return skipped(metadata.problem);
    const conflicts = [...conflictsOfNames(names.data), ...conflictsOfMetadata(metadata.data)];
    if (conflicts.length === 0) return ok(`${names.data.length} names of services`);
    return warn(
      conflicts.slice(0, 5).join('; ') +
        (conflicts.length > 5 ? `; ${conflicts.length - 5} more` : ''),
      HINT,
    );
  },
};

interface Metadata {
  readonly type?: string | undefined;
  readonly unit?: string | undefined;
}
const isMetadata = fields<Metadata>({ type: optional(isText), unit: optional(isText) });

const UNITS = [
  'seconds',
  'milliseconds',
  'microseconds',
  'bytes',
  'kibibytes',
  'mebibytes',
  'ratio',
  'percent',
];

/** The same base name as counter and histogram, or in two units. */
export function conflictsOfNames(names: readonly string[]): readonly string[] {
  const kinds = new Map<string, Map<string, string>>();
  for (const name of names) {
    // _count and _sum come with a histogram, so its buckets stand for all three.
    const [, plain = name, suffix = ''] = /^(.*)_(total|bucket)$/.exec(name) ?? [];
    if (suffix === '' && /_(count|sum)$/.test(name)) continue;
    const unit = UNITS.find((one) => plain.endsWith(`_${one}`));
    const base = unit === undefined ? plain : plain.slice(0, -unit.length - 1);
    const type = suffix === 'total' ? 'counter' : suffix === 'bucket' ? 'histogram' : 'gauge';
    const known = kinds.get(base) ?? new Map<string, string>();
    known.set(`${type}${unit === undefined ? '' : ` in ${unit}`}`, name);
    kinds.set(base, known);
  }
  return [...kinds].flatMap(([base, known]) => {
    const types = new Set([...known.keys()].map((kind) => kind.split(' in ')[0]));
    const units = new Set([...known.keys()].map((kind) => kind.split(' in ')[1]));
    // A gauge beside a counter is a pattern of its own (a level and its flow), with the same unit or none.
    const isPair =
      types.size === 2 && types.has('gauge') && types.has('counter') && units.size === 1;
    return known.size > 1 && !isPair && (types.has('histogram') || types.size === 1)
      ? [`${base} is ${[...known.keys()].join(' and ')}`]
      : [];
  });
}

/** A target that leaves the unit out contradicts nobody. */
function conflictsOfMetadata(
  metadata: Readonly<Record<string, readonly Metadata[]>>,
): readonly string[] {
  return Object.entries(metadata).flatMap(([name, entries]) => {
    const distinct = (values: readonly (string | undefined)[]) => [
      ...new Set(values.filter((value) => value !== undefined && value !== '')),
    ];
    const types = distinct(entries.map(({ type }) => type));
    const units = distinct(entries.map(({ unit }) => unit));
    if (types.length > 1) return [`${name} is ${types.join(' and ')}`];
    return units.length > 1 ? [`${name} is in ${units.join(' and ')}`] : [];
  });
}
