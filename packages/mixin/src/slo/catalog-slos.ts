import type {
  AttributeKind,
  CatalogInstrument,
  EventSelection,
  MeterCatalog,
} from '@bellwether/meters';
import { labelName } from '@bellwether/meters/prometheus';
import { percent } from '../alerts/prose.ts';
import { series } from '../alerts/test-series.ts';
import { metricOf } from '../metrics/metric.ts';
import { rateOf, without } from '../query/good-events.ts';
import { latencySlo } from './latency-slo.ts';
import type { Slo } from './slo.ts';

/** What instruments of the catalogs promise; one that two services share promises it once. */
export function catalogSlos(catalogs: readonly MeterCatalog[]): readonly Slo[] {
  const distinct = new Map<string, CatalogInstrument>();
  for (const instrument of catalogs.flatMap(({ instruments }) => instruments))
    distinct.set(JSON.stringify([instrument.name, instrument.objective]), instrument);
  return [...distinct.values()].flatMap((instrument) => sloOf(instrument) ?? []);
}

function sloOf(instrument: CatalogInstrument): Slo | undefined {
  const { name, objective } = instrument;
  if (objective === undefined) return undefined;
  if ('availability' in objective) return availabilitySlo(instrument, objective.availability);
  const { within, target } = objective.latency;
  const id = `${slug(name)}-latency`;
  return latencySlo({ id, things: name, metric: metricOf(instrument), within, target });
}

function availabilitySlo(
  instrument: CatalogInstrument,
  { good, of = {}, target }: { good: EventSelection; of?: EventSelection; target: number },
): Slo {
  const metric = metricOf(instrument);
  const promised = matchersOf(of);
  // A value of `good` is within `of` where both name the attribute.
  const kept = matchersOf({ ...of, ...good });
  return {
    id: `${slug(instrument.name)}-availability`,
    target,
    promise: `${percent(target)} of ${instrument.name} are ${wordsOf(good)}`,
    metric,
    events: (scope, by) => rateOf(metric, promised, scope, by),
    badEvents: (scope, by) =>
      without(rateOf(metric, promised, scope, by), rateOf(metric, kept, scope, by)),
    series: (labels, counts) => ({
      [series(metric, { ...labels, ...example({ ...of, ...good }) })]: counts.good,
      [series(metric, { ...labels, ...example({ ...of, ...badOf(instrument, good, of) }) })]:
        counts.bad,
    }),
  };
}

function matchersOf(selection: EventSelection): string[] {
  return Object.entries(selection).map(([key, values = []]) => {
    const [only, ...more] = values.map(String);
    return more.length === 0
      ? `${labelName(key)}=${JSON.stringify(only)}`
      : `${labelName(key)}=~${JSON.stringify(values.map((value) => escaped(String(value))).join('|'))}`;
  });
}

/** Literally, in RE2. */
const escaped = (value: string) => value.replaceAll(/[\\.+*?()|[\]{}^$]/g, '\\$&');

const wordsOf = (selection: EventSelection) =>
  Object.values(selection)
    .map((values = []) => values.join(' or '))
    .join(' and ');

const slug = (name: string) => labelName(name).replaceAll('_', '-').toLowerCase();

/** One value of each attribute, as labels. */
function example(selection: EventSelection): Record<string, string> {
  return Object.fromEntries(
    Object.entries(selection).map(([key, values]) => [labelName(key), String(values?.[0])]),
  );
}

/** A value of the first attribute of `good` that is not good. */
function badOf({ attributes }: CatalogInstrument, good: EventSelection, of: EventSelection) {
  const [key = ''] = Object.keys(good);
  const candidates = of[key] ?? declaredValues(attributes[key]);
  const bad = candidates.find((value) => !good[key]?.includes(value)) ?? 'other';
  return { ...good, [key]: [bad] };
}

function declaredValues(kind: AttributeKind | undefined): readonly (string | number | boolean)[] {
  const of = kind?.kind === 'optional' ? kind.of : kind;
  return of?.kind === 'oneOf' ? of.values : [];
}
