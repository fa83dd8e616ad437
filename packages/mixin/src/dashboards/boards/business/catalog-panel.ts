import type { CatalogInstrument } from '@bellwether/meters';
import { labelName } from '@bellwether/meters/prometheus';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { metricOf } from '../../../metrics/metric.ts';
import { majorUnits } from '../../../queries/money.ts';
import { maxBy } from '../../../query/aggregation.ts';
import { perHour } from '../../../query/per-hour.ts';
import { quantile, rate, select, sumBy } from '../../../query/promql.ts';
import type { QueryScope } from '../../../query/query-scope.ts';
import { type PanelQuery, query } from '../../panels/panel-query.ts';
import { neutral } from '../../panels/panel-thresholds.ts';
import { type PanelUnit, unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { AMOUNTS } from './money-note.ts';

/** A panel for any instrument: what it is comes from its kind, unit and first attribute. */
export function catalogPanel(instrument: CatalogInstrument, scope: QueryScope): Panel {
  const { name, description, kind } = instrument;
  const subject = description === '' ? `\`${name}\`` : description.replace(/\.$/, '');
  const [first, ...more] = queriesOf(instrument, scope);
  return timeSeries({
    title: isHourly(instrument) ? `${name} an hour` : name,
    description: {
      shows: `${subject}${how[kind]}${byWhat(instrument)}.${isMoney(instrument) ? ` ${AMOUNTS}` : ''}`,
      matters: `The catalog declares \`${name}\`, so somebody wanted to know it: a change of its usual shape is news.`,
      act: 'Ask the team that owns the catalog what it means; once that is clear, give it a panel with a threshold and an alert.',
    },
    unit: unitOf(instrument),
    thresholds: neutral,
    queries: [first, ...more],
    ...(kind === 'upDownCounter' && { min: undefined }),
  });
}

const how = {
  counter: ': how much was added',
  upDownCounter: ': the sum of all replicas now',
  gauge: ': the highest value of all replicas now',
  histogram: ': the values below which half and 95 % of the recordings lie',
} as const;

function byWhat(instrument: CatalogInstrument): string {
  if (instrument.kind === 'histogram') return '';
  const attribute = isMoney(instrument) ? 'currency' : Object.keys(instrument.attributes)[0];
  const each =
    instrument.kind === 'counter' ? (isHourly(instrument) ? ' an hour' : ' a second') : '';
  return `${each}${attribute === undefined ? '' : `, by \`${attribute}\``}`;
}

type Queries = readonly [PanelQuery, ...PanelQuery[]];

function queriesOf(instrument: CatalogInstrument, scope: QueryScope): Queries {
  const metric = metricOf(instrument);
  const [attribute] = Object.keys(instrument.attributes);
  const label = attribute === undefined ? undefined : labelName(attribute);
  const by = label === undefined ? [] : [label];
  const legend = label === undefined ? instrument.name : `{{${label}}}`;
  if (isMoney(instrument)) return [query(moneyQuery(instrument, scope), '{{currency}}')];
  switch (instrument.kind) {
    case 'counter':
      return [query(inUnitOf(instrument, sumBy(by, rate(metric, scope))), legend)];
    case 'upDownCounter':
      return [query(sumBy(by, select(metric, scope)), legend)];
    case 'gauge':
      return [query(maxBy(by, select(metric, scope)), legend)];
    case 'histogram':
      return [
        query(quantile(0.5, metric, scope), 'p50'),
        query(quantile(0.95, metric, scope), 'p95'),
      ];
  }
}

/** Amounts of different currencies never share a line. */
const isMoney = ({ kind, unit: declared, attributes }: CatalogInstrument): boolean =>
  kind !== 'histogram' && declared === '{minor_unit}' && 'currency' in attributes;

function moneyQuery(instrument: CatalogInstrument, scope: QueryScope): string {
  const metric = metricOf(instrument);
  return majorUnits((group) =>
    instrument.kind === 'counter'
      ? perHour(sumBy(['currency'], rate(metric, scope, group)))
      : maxBy(['currency'], select(metric, scope, group)),
  );
}

/** Bytes and seconds a second mean something; everything else is counted an hour. */
const isHourly = ({ kind, unit: declared }: CatalogInstrument): boolean =>
  kind === 'counter' && declared !== 'By' && declared !== 's';

const inUnitOf = (instrument: CatalogInstrument, perSecond: string): string =>
  isHourly(instrument) ? perHour(perSecond) : perSecond;

function unitOf({ kind, unit: declared }: CatalogInstrument): PanelUnit {
  if (kind === 'counter')
    return declared === 'By' ? unit.bytesPerSecond : declared === 's' ? unit.ratio : unit.count;
  const units: Readonly<Record<string, PanelUnit>> = {
    s: unit.seconds,
    By: unit.bytes,
    '1': unit.ratio,
    Cel: unit.celsius,
  };
  return units[declared] ?? unit.count;
}
