import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import {
  declineRatio,
  loginSuccessRatio,
  paidOrders,
  registrations,
  revenue,
} from '../../../queries/business-queries.ts';
import { mrr } from '../../../queries/subscription-queries.ts';
import type { QueryScope } from '../../../query/query-scope.ts';
import { businessThresholds } from '../../../thresholds/business-thresholds.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, badBelow, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { stat } from '../../panels/stat.ts';
import { AMOUNTS } from '../business/money-note.ts';
import { whenKnown } from '../business/when-known.ts';

export const earned = (spec: ResolvedSpec, whole: QueryScope) =>
  whenKnown(revenue(spec, whole), (expr) =>
    stat({
      title: 'Revenue',
      description: {
        shows: `Amount of paid orders in the time range, before refunds. ${AMOUNTS}`,
        matters: 'It is what the rest is for.',
        act: 'When it falls while visits do not, look at declined payments, then at E-commerce.',
      },
      unit: unit.count,
      thresholds: neutral,
      queries: [query(expr, '{{currency}}', { instant: true })],
    }),
  );

export const sold = (spec: ResolvedSpec, whole: QueryScope) =>
  whenKnown(paidOrders(spec, whole), (expr) =>
    stat({
      title: 'Paid orders',
      description: {
        shows: 'Orders in the time range that were paid.',
        matters: 'Unlike revenue it does not move with one big order.',
        act: 'Compare with the same range last week by the time picker.',
      },
      unit: unit.count,
      decimals: 0,
      thresholds: neutral,
      queries: [query(expr, 'Orders', { instant: true })],
    }),
  );

export const recurring = (spec: ResolvedSpec, scope: QueryScope) =>
  whenKnown(mrr(spec, scope), (expr) =>
    stat({
      title: 'Monthly recurring revenue',
      description: {
        shows: `What running subscriptions bring in a month. ${AMOUNTS}`,
        matters: 'It is the part of income that comes again without anybody selling it.',
        act: 'Business shows what was won and what was lost, and by which plan.',
      },
      unit: unit.count,
      thresholds: neutral,
      queries: [query(expr, '{{currency}}')],
    }),
  );

export const declined = (spec: ResolvedSpec, whole: QueryScope) =>
  whenKnown(declineRatio(spec, whole), (expr) =>
    stat({
      title: 'Declined payments',
      description: {
        shows: 'Share of attempts to pay in the time range that were declined.',
        matters: 'These are customers who wanted to pay, and could not.',
        act: 'When it rises for all tenants at once, ask the payment provider.',
      },
      unit: unit.ratio,
      thresholds: badAbove(businessThresholds.declineRatio),
      queries: [query(expr, 'Declined', { instant: true })],
    }),
  );

export const joined = (spec: ResolvedSpec, whole: QueryScope) =>
  whenKnown(registrations(spec, whole, { matchers: ['outcome="succeeded"'] }), (expr) =>
    stat({
      title: 'New accounts',
      description: {
        shows: 'Accounts that were created in the time range.',
        matters: 'It is tomorrow’s use, if those who come also stay.',
        act: 'A sudden jump may be a campaign or a robot: compare with logins.',
      },
      unit: unit.count,
      decimals: 0,
      thresholds: neutral,
      queries: [query(expr, 'Accounts', { instant: true })],
    }),
  );

export const loggedIn = (spec: ResolvedSpec, whole: QueryScope) =>
  whenKnown(loginSuccessRatio(spec, whole), (expr) =>
    stat({
      title: 'Logins that worked',
      description: {
        shows: 'Share of attempts to log in, in the time range, that worked.',
        matters: 'Who can not log in can not use anything, and often does not say so.',
        act: 'A fall for all is a fault of ours; for one tenant rather an attack or a broken client.',
      },
      unit: unit.ratio,
      max: 1,
      thresholds: badBelow(businessThresholds.loginSuccessRatio),
      queries: [query(expr, 'Worked', { instant: true })],
    }),
  );
