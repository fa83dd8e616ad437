import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import {
  atLeast,
  atMost,
  distance,
  lastHour,
  together,
} from '../../../queries/baseline-queries.ts';
import { majorUnits } from '../../../queries/money.ts';
import { sumBy } from '../../../query/promql.ts';
import { currencyRevenue, serviceOrders } from '../../../rules/baselines.ts';
import { baselineThresholds } from '../../../thresholds/baseline-thresholds.ts';
import { band, bands } from '../../panels/band.ts';
import { query } from '../../panels/panel-query.ts';
import { badOutside } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { AMOUNTS } from '../business/money-note.ts';
import { SERVICES } from '../recorded-scope.ts';
import { APART, BAND, OF_HOUR } from './words.ts';

const thresholds = badOutside(baselineThresholds.distance);

export function orders(spec: ResolvedSpec) {
  const baseline = serviceOrders(spec);
  return (
    baseline &&
    band({
      title: 'Paid orders of an hour',
      description: {
        shows: `Orders that were paid, all tenants and currencies. ${OF_HOUR} ${BAND}`,
        matters: 'Sales fall without a single error when a button is broken.',
        act: 'Below the band, find the step at which people stop on E-commerce overview.',
      },
      unit: unit.count,
      line: 'Last hour',
      band: together(baseline, SERVICES),
    })
  );
}

export function ordersApart(spec: ResolvedSpec) {
  const baseline = serviceOrders(spec);
  return (
    baseline &&
    timeSeries({
      title: 'Paid orders against the usual, by service',
      description: {
        shows: `How far the paid orders of each service are from what is usual at this hour. ${APART}`,
        matters: 'OrdersDropped compares the same number, where at least a few orders are usual.',
        act: 'See its runbook; in a quiet hour, far from usual may be three orders.',
      },
      unit: unit.count,
      decimals: 1,
      min: undefined,
      thresholds,
      queries: [query(distance(baseline, SERVICES), '{{job}}')],
    })
  );
}

export function revenue(spec: ResolvedSpec) {
  const baseline = currencyRevenue(spec);
  if (baseline === undefined) return undefined;
  const by = (edge: typeof lastHour) =>
    majorUnits((group) => sumBy(['currency'], edge(baseline, [...SERVICES, ...group])));
  return bands({
    title: 'Revenue of an hour',
    description: {
      shows: `Amount of paid orders, before refunds, by currency. ${OF_HOUR} ${BAND} ${AMOUNTS}`,
      matters: 'A price list with a mistake brings as many orders as ever, and half of the money.',
      act: 'Below the band with usual orders, look at prices and discounts, then at payments.',
    },
    unit: unit.count,
    bands: { now: by(lastHour), least: by(atLeast), most: by(atMost), label: 'currency' },
  });
}

export function revenueApart(spec: ResolvedSpec) {
  const baseline = currencyRevenue(spec);
  return (
    baseline &&
    timeSeries({
      title: 'Revenue against the usual, by currency',
      description: {
        shows: `How far the revenue of each service and currency is from what is usual at this hour. ${APART}`,
        matters: 'Currencies are never added up, so a fall in one country is seen.',
        act: 'One currency alone: its payment method, its prices, its holiday.',
      },
      unit: unit.count,
      decimals: 1,
      min: undefined,
      thresholds,
      queries: [query(distance(baseline, SERVICES), '{{job}} {{currency}}')],
    })
  );
}
