import {
  burnRate,
  errorBudgetLeft,
  sloErrorRatio,
  sloEvents,
  sloTarget,
} from '../../queries/slo-queries.ts';
import { allSlos } from '../../slo/all-slos.ts';
import type { SloLevel } from '../../slo/slo-records.ts';
import { sloThresholds } from '../../thresholds/slo-thresholds.ts';
import { serviceMatchers } from '../admin-scope.ts';
import { everybody, type Question, type Whom } from '../question.ts';

const [page, pageLater] = sloThresholds.fast;
const LEGEND = '{{slo}} {{service_name}}';
const level = (whom: Whom): SloLevel => (whom === 'all' ? 'slo' : 'slo_tenant');
// Targets are no tenant's: what divides by one is not for tenants, because the proxy would hide the target.

/** Nothing is recorded where nothing is promised. */
const ifPromised = (question: Question): Question => ({
  ...question,
  promql: (scope, whom, spec) =>
    allSlos(spec).length === 0 ? undefined : question.promql(scope, whom, spec),
});

export const leastBudget = ifPromised({
  name: 'slo-least-budget',
  title: 'Error budget left',
  description: 'Share of the error budget of 30 days that is left, of the objective with least.',
  unit: '1',
  kind: 'stat',
  levels: sloThresholds.errorBudgetLeft,
  bad: 'below',
  promql: (scope, whom) => `min(${errorBudgetLeft(level(whom), serviceMatchers(scope))})`,
});

const promises: readonly Question[] = [
  {
    name: 'slo-budget-left',
    title: 'Error budgets',
    description: 'Share of the error budget of 30 days that each objective has left.',
    unit: '1',
    kind: 'bar',
    legend: LEGEND,
    ask: 'instant',
    levels: sloThresholds.errorBudgetLeft,
    bad: 'below',
    promql: (scope, whom) => errorBudgetLeft(level(whom), serviceMatchers(scope)),
  },
  {
    name: 'slo-targets',
    title: 'Targets',
    description: 'The share of events that was promised to be good.',
    unit: '1',
    kind: 'table',
    legend: '{{slo}}',
    ask: 'instant',
    whom: everybody,
    promql: () => sloTarget(),
  },
  {
    name: 'slo-budget-over-time',
    title: 'Error budgets over time',
    description: 'A steep fall is an incident, a slope is a constant loss.',
    unit: '1',
    kind: 'timeseries',
    legend: LEGEND,
    size: 'wide',
    levels: sloThresholds.errorBudgetLeft,
    bad: 'below',
    promql: (scope, whom) => errorBudgetLeft(level(whom), serviceMatchers(scope)),
  },
  {
    name: 'slo-burn-rate',
    title: 'Burn rate, last hour',
    description: 'How many times faster than allowed the budget is spent: 1 spends it in 30 days.',
    unit: '{times}',
    kind: 'timeseries',
    legend: LEGEND,
    whom: everybody,
    levels: { warning: pageLater?.factor ?? 6, critical: page?.factor ?? 14.4 },
    promql: (scope) => burnRate('slo', '1h', serviceMatchers(scope)),
  },
  {
    name: 'slo-bad-share',
    title: 'Bad events',
    description: 'Share of events in the last five minutes that broke a promise.',
    unit: '1',
    kind: 'timeseries',
    legend: LEGEND,
    promql: (scope, whom) => sloErrorRatio(level(whom), '5m', serviceMatchers(scope)),
  },
  {
    name: 'slo-events',
    title: 'Events',
    description: 'Events a second that each promise is about.',
    unit: '{event}/s',
    kind: 'timeseries',
    legend: LEGEND,
    promql: (scope, whom) => sloEvents(level(whom), serviceMatchers(scope)),
  },
];

export const sloQuestions: readonly Question[] = [leastBudget, ...promises.map(ifPromised)];
