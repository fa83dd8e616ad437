import { metricName, type NamedKind } from '@bellwether/meters/prometheus';
import { type AttributeDraft, draftAttributes } from './draft-attributes.ts';
import type { FoundMetric } from './find-metrics.ts';
import type { Uses } from './find-uses.ts';

export type InstrumentKind = 'counter' | 'upDownCounter' | 'gauge' | 'histogram';

/** A meter as the catalog would declare it. */
export interface InstrumentDraft {
  readonly from: FoundMetric;
  /** Its key in the catalog. */
  readonly key: string;
  readonly kind: InstrumentKind;
  /** Its OpenTelemetry name. */
  readonly name: string;
  readonly unit: string;
  /** Whether the unit comes from the name. */
  readonly unitGuessed: boolean;
  readonly description: string;
  readonly attributes: readonly AttributeDraft[];
  /** It had a label for the tenant. */
  readonly hasTenant: boolean;
  readonly boundaries: readonly number[] | undefined;
  /** What a person should look at. */
  readonly notes: readonly string[];
}

/** prom-client's own. */
const DEFAULT_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Units by the word that ends a Prometheus name, https://prometheus.io/docs/practices/naming/#base-units */
const UNITS: Readonly<Record<string, string>> = {
  seconds: 's',
  milliseconds: 'ms',
  microseconds: 'us',
  nanoseconds: 'ns',
  minutes: 'min',
  hours: 'h',
  days: 'd',
  bytes: 'By',
  megabytes: 'MBy',
  percent: '%',
  celsius: 'Cel',
  meters: 'm',
  volts: 'V',
  amperes: 'A',
  joules: 'J',
  watts: 'W',
  grams: 'g',
  hertz: 'Hz',
};
const NAMED_KINDS: Readonly<Record<InstrumentKind, NamedKind>> = {
  counter: 'monotonic-sum',
  upDownCounter: 'other-sum',
  gauge: 'gauge',
  histogram: 'histogram',
};

/** @param takenKeys Keys of the catalog; the one of this draft is added. */
export function draftInstrument(
  found: FoundMetric,
  uses: Uses,
  tenantLabels: ReadonlySet<string>,
  takenKeys: Set<string>,
): InstrumentDraft {
  const kind = kindOf(found, uses);
  const named = nameAndUnit(found.name, kind);
  const notes = [...found.notes];
  const arriving = metricName(named.name, named.unit, NAMED_KINDS[kind]);
  if (arriving !== found.name) notes.push(`arrives as ${arriving}, and was ${found.name}`);
  const { attributes, hasTenant } = draftAttributes(found.labelNames, uses, tenantLabels, notes);
  if (found.type === 'summary')
    notes.push('a summary: percentiles come from the buckets now, by histogram_quantile()');
  if (found.collects)
    notes.push('observed by collect(): set it where the value changes, or in a timer');
  if (
    found.type === 'gauge' &&
    kind === 'gauge' &&
    (uses.methods.has('inc') || uses.methods.has('dec'))
  )
    notes.push(
      'a gauge is set() only: keep the number yourself where the code says inc() and dec()',
    );
  if (/_(ms|millis|milliseconds)(_total)?$/.test(found.name))
    notes.push('milliseconds: seconds are what dashboards and objectives expect');
  return {
    from: found,
    key: keyOf(found, takenKeys),
    kind,
    ...named,
    description: found.help.slice(0, 1_024),
    attributes,
    hasTenant,
    boundaries: kind === 'histogram' ? boundariesOf(found, notes) : undefined,
    notes,
  };
}

function kindOf({ type, collects }: FoundMetric, { methods }: Uses): InstrumentKind {
  if (type === 'counter') return 'counter';
  if (type !== 'gauge') return 'histogram';
  const isSet = ['set', 'setToCurrentTime', 'startTimer'].some((method) => methods.has(method));
  return !collects && !isSet && (methods.has('inc') || methods.has('dec'))
    ? 'upDownCounter'
    : 'gauge';
}

/** So that Prometheus makes the same name of it: its suffixes are taken off where it puts them back. */
function nameAndUnit(
  promName: string,
  kind: InstrumentKind,
): { readonly name: string; readonly unit: string; readonly unitGuessed: boolean } {
  const words = promName.split('_');
  if (kind === 'counter' && words.at(-1) === 'total') words.pop();
  const last = words.at(-1) ?? '';
  const unit = last === 'ratio' && kind === 'gauge' ? '1' : UNITS[last];
  const candidates = [
    ...(unit === undefined || words.length < 2
      ? []
      : [{ name: words.slice(0, -1).join('.'), unit }]),
    { name: words.join('.'), unit: kind === 'histogram' ? '' : thingOf(last) },
    { name: promName, unit: '' },
  ];
  const same = candidates.find(
    (each) =>
      /^[A-Za-z][A-Za-z0-9_.\-/]{0,254}$/.test(each.name) &&
      metricName(each.name, each.unit, NAMED_KINDS[kind]) === promName,
  );
  const chosen = same ?? {
    name: words.filter((word) => word !== '').join('.'),
    unit: kind === 'histogram' ? '' : thingOf(last),
  };
  return { ...chosen, name: validName(chosen.name), unitGuessed: chosen.unit !== '' };
}

/** `{request}` of requests, and nothing of a word that is no plural. Braces give no suffix. */
function thingOf(word: string): string {
  if (!/^[a-z]{2,30}[^su]s$/.test(word)) return '';
  if (word.endsWith('ies')) return `{${word.slice(0, -3)}y}`;
  return /(ss|sh|ch|x)es$/.test(word) ? `{${word.slice(0, -2)}}` : `{${word.slice(0, -1)}}`;
}

const validName = (name: string) =>
  (/^[A-Za-z]/.test(name) ? name : `m.${name}`).replaceAll(/[^A-Za-z0-9_.\-/]/g, '.').slice(0, 255);

function keyOf({ variable, name }: FoundMetric, taken: Set<string>): string {
  const byName = name
    .replace(/_total$/, '')
    .replace(/^[^A-Za-z]+/, '')
    .replaceAll(/[^A-Za-z0-9]+(.)?/g, (_, letter?: string) => letter?.toUpperCase() ?? '');
  const wanted = variable !== undefined && /^[A-Za-z]\w*$/.test(variable) ? variable : byName;
  for (const key of [wanted, byName]) {
    if (key === '' || taken.has(key)) continue;
    taken.add(key);
    return key;
  }
  let number = 2;
  while (taken.has(`${wanted}${number}`)) number += 1;
  taken.add(`${wanted}${number}`);
  return `${wanted}${number}`;
}

function boundariesOf({ buckets, type }: FoundMetric, notes: string[]): readonly number[] {
  const finite = (buckets ?? DEFAULT_BUCKETS).filter((bucket) => Number.isFinite(bucket));
  const sorted = [...new Set(finite)].sort((a, b) => a - b);
  if (type === 'summary') notes.push("these boundaries are prom-client's default: choose yours");
  if (sorted.length <= 200) return sorted;
  notes.push(`of ${sorted.length} buckets the first 200 are here`);
  return sorted.slice(0, 200);
}
