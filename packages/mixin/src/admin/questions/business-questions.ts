import {
  averageOrderValue,
  cartsOpen,
  declineRatio,
  funnel,
  loginSuccessRatio,
  paidOrders,
  refunds,
  registrations,
  revenue,
} from '../../queries/business-queries.ts';
import { checkoutTime } from '../../queries/checkout-queries.ts';
import {
  churnRatio,
  featureAdoption,
  featureUses,
  mrr,
  planMix,
  signUps,
} from '../../queries/subscription-queries.ts';
import { perHour } from '../../query/per-hour.ts';
import { businessThresholds } from '../../thresholds/business-thresholds.ts';
import { everybody, type Question } from '../question.ts';
import { tellApart } from '../tell-apart.ts';

const sales = { group: 'Sales' } as const;
const customers = { group: 'Customers' } as const;
const subscriptions = { group: 'Subscriptions' } as const;
const CURRENCY = '{{currency}}';

export const businessQuestions: readonly Question[] = [
  {
    name: 'orders',
    title: 'Paid orders',
    description: 'Orders of the time range that were paid.',
    unit: '{order}',
    kind: 'table',
    ask: 'instant',
    ...sales,
    legend: 'Orders',
    promql: (scope, _whom, spec) => paidOrders(spec, scope),
  },
  {
    name: 'revenue',
    title: 'Revenue',
    description: 'Amount of paid orders of the time range, by currency, before refunds.',
    unit: '{currency}',
    kind: 'bar',
    ask: 'instant',
    legend: CURRENCY,
    ...sales,
    promql: (scope, _whom, spec) => revenue(spec, scope),
  },
  {
    name: 'refunds',
    title: 'Refunds',
    description: 'Amount paid back in the time range, by currency.',
    unit: '{currency}',
    kind: 'bar',
    ask: 'instant',
    legend: CURRENCY,
    ...sales,
    promql: (scope, _whom, spec) => refunds(spec, scope),
  },
  {
    name: 'average-order-value',
    title: 'Average order',
    description: 'Amount of a paid order on average in the time range, by currency.',
    unit: '{currency}',
    kind: 'bar',
    ask: 'instant',
    legend: CURRENCY,
    ...sales,
    promql: (scope, _whom, spec) => averageOrderValue(spec, scope),
  },
  {
    name: 'orders-over-time',
    title: 'Paid orders over time',
    description: 'Paid orders an hour.',
    unit: '{order}/h',
    kind: 'timeseries',
    ...sales,
    promql: (scope, _whom, spec) => {
      const paid = paidOrders(spec, scope, { of: 'rate' });
      return paid && perHour(paid);
    },
  },
  {
    name: 'revenue-over-time',
    title: 'Revenue over time',
    description: 'Amount of paid orders an hour, by currency.',
    unit: '{currency}/h',
    kind: 'timeseries',
    legend: CURRENCY,
    ...sales,
    promql: (scope, _whom, spec) => {
      const amount = revenue(spec, scope, { of: 'rate' });
      return amount && perHour(amount);
    },
  },
  {
    name: 'funnel',
    title: 'From look to order',
    description: 'The steps from a product view to a paid order, in the time range.',
    unit: '{event}',
    kind: 'bar',
    ask: 'instant',
    legend: '{{step}}',
    ...sales,
    promql: (scope, _whom, spec) =>
      tellApart(
        'step',
        funnel(spec, scope).map(({ step, expr }) => [step, expr]),
      ),
  },
  {
    name: 'payment-decline-ratio',
    title: 'Declined payments',
    description: 'Share of attempts to pay that were declined.',
    unit: '1',
    kind: 'timeseries',
    levels: businessThresholds.declineRatio,
    ...sales,
    promql: (scope, _whom, spec) => declineRatio(spec, scope),
  },
  {
    name: 'checkout-latency-p95',
    title: 'Checkout, p95',
    description: 'The time within which 95 % of checkouts, or payments, were done.',
    unit: 's',
    kind: 'timeseries',
    ...sales,
    promql: (scope, _whom, spec) => checkoutTime(0.95, spec, scope),
  },
  {
    name: 'carts-open',
    title: 'Open carts',
    description: 'Carts that are neither ordered nor abandoned.',
    unit: '{cart}',
    kind: 'stat',
    ...customers,
    promql: (scope, _whom, spec) => cartsOpen(spec, scope),
  },
  {
    name: 'registrations',
    title: 'New accounts',
    description: 'Accounts that were created in the time range.',
    unit: '{account}',
    kind: 'table',
    ask: 'instant',
    legend: 'Accounts',
    ...customers,
    promql: (scope, _whom, spec) =>
      registrations(spec, scope, { matchers: ['outcome="succeeded"'] }),
  },
  {
    name: 'login-success-ratio',
    title: 'Logins that worked',
    description: 'Share of attempts to log in that worked.',
    unit: '1',
    kind: 'timeseries',
    levels: businessThresholds.loginSuccessRatio,
    bad: 'below',
    ...customers,
    promql: (scope, _whom, spec) => loginSuccessRatio(spec, scope),
  },
  {
    name: 'mrr',
    title: 'Monthly recurring revenue',
    description: 'What running subscriptions bring in a month, by currency.',
    unit: '{currency}',
    kind: 'timeseries',
    legend: CURRENCY,
    ...subscriptions,
    promql: (scope, _whom, spec) => mrr(spec, scope),
  },
  {
    name: 'churn-ratio',
    title: 'Churn',
    description:
      'Share of the monthly recurring revenue at the start of the time range that was cancelled in it, by currency.',
    unit: '1',
    kind: 'bar',
    ask: 'instant',
    legend: CURRENCY,
    levels: businessThresholds.churnRatio,
    ...subscriptions,
    promql: (scope, _whom, spec) => churnRatio(spec, scope),
  },
  {
    name: 'plan-mix',
    title: 'Plans',
    description: 'Subscriptions that run now, by plan.',
    unit: '{subscription}',
    kind: 'bar',
    ask: 'instant',
    legend: '{{plan}}',
    ...subscriptions,
    promql: (scope, _whom, spec) => planMix(spec, scope),
  },
  {
    name: 'sign-ups',
    title: 'Sign-ups',
    description: 'Users who registered in the time range, by plan.',
    unit: '{user}',
    kind: 'bar',
    ask: 'instant',
    legend: '{{plan}}',
    ...subscriptions,
    promql: (scope, _whom, spec) => signUps(spec, scope, { by: ['plan'] }),
  },
  {
    name: 'feature-uses',
    title: 'Features',
    description: 'Uses of each feature in the time range.',
    unit: '{use}',
    kind: 'bar',
    ask: 'instant',
    legend: '{{feature}}',
    group: 'Features',
    promql: (scope, _whom, spec) => {
      const uses = featureUses(spec, scope);
      return uses && `topk(20, ${uses})`;
    },
  },
  {
    name: 'feature-adoption',
    title: 'Adoption of features',
    description: 'Tenants that used each feature in the time range.',
    unit: '{tenant}',
    kind: 'bar',
    ask: 'instant',
    legend: '{{feature}}',
    group: 'Features',
    whom: everybody,
    promql: (scope, _whom, spec) => {
      const adopted = featureAdoption(spec, scope);
      return adopted && `topk(20, ${adopted})`;
    },
  },
];
