import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import { amountOfDay, countOfDay, highestAmountOfDay } from '../../../queries/hourly-queries.ts';
import { query } from '../../panels/panel-query.ts';
import { neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { AMOUNTS } from '../business/money-note.ts';
import { whenKnown } from '../business/when-known.ts';
import { TENANTS } from '../recorded-scope.ts';
import { OF_DAY } from './year-scope.ts';

export const revenue = (spec: ResolvedSpec) =>
  whenKnown(amountOfDay(spec, 'commerce.revenue', TENANTS), (expr) =>
    timeSeries({
      title: 'Revenue a day',
      description: {
        shows: `Amount of paid orders, before refunds. ${OF_DAY} ${AMOUNTS}`,
        matters: 'Weeks and seasons show here, and nothing smaller.',
        act: 'Compare the same week of last year before you call a fall a problem.',
      },
      unit: unit.count,
      thresholds: neutral,
      queries: [query(expr, '{{currency}}')],
    }),
  );

export const orders = (spec: ResolvedSpec) =>
  whenKnown(countOfDay(spec, 'commerce.orders', [...TENANTS, 'status="paid"']), (expr) =>
    timeSeries({
      title: 'Paid orders a day',
      description: {
        shows: `Orders that were paid. ${OF_DAY}`,
        matters: 'Unlike revenue it does not move with one big order.',
        act: 'Orders that fall while revenue holds mean fewer and larger customers.',
      },
      unit: unit.count,
      thresholds: neutral,
      queries: [query(expr, 'Orders')],
    }),
  );

export const accounts = (spec: ResolvedSpec) =>
  whenKnown(countOfDay(spec, 'auth.registrations', [...TENANTS, 'outcome="succeeded"']), (expr) =>
    timeSeries({
      title: 'New accounts a day',
      description: {
        shows: `Accounts that were created. ${OF_DAY}`,
        matters: 'It is next year’s use, if those who come also stay.',
        act: 'Lay campaigns beside it: a peak without use afterwards was not worth its price.',
      },
      unit: unit.count,
      thresholds: neutral,
      queries: [query(expr, 'Accounts')],
    }),
  );

export const recurring = (spec: ResolvedSpec) =>
  whenKnown(highestAmountOfDay(spec, 'saas.mrr', TENANTS), (expr) =>
    timeSeries({
      title: 'Monthly recurring revenue',
      description: {
        shows: `What running subscriptions brought in a month, the highest value of each tenant. ${OF_DAY} ${AMOUNTS}`,
        matters: 'Its slope over a year is the growth of the business.',
        act: 'Business shows what was won and what was lost, and by which plan.',
      },
      unit: unit.count,
      thresholds: neutral,
      queries: [query(expr, '{{currency}}')],
    }),
  );
