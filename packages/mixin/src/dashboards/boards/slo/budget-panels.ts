import { errorBudgetLeft } from '../../../queries/slo-queries.ts';
import { sloThresholds } from '../../../thresholds/slo-thresholds.ts';
import { barGauge } from '../../panels/bar-gauge.ts';
import { query } from '../../panels/panel-query.ts';
import { badBelow } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { CHOSEN, SERVICE_LEGEND } from './slo-scope.ts';

export const budgets = () =>
  barGauge({
    title: 'Error budget left',
    description: {
      shows:
        'Share of the error budget of 30 days that each objective has left; nothing left is a broken promise.',
      matters:
        'It says how much risk is still affordable: a migration, a big release, a test in production.',
      act: 'Full budgets are there to be used: release. Empty ones: stop, and mend what spent them.',
    },
    unit: unit.ratio,
    max: 1,
    thresholds: badBelow(sloThresholds.errorBudgetLeft),
    queries: [query(errorBudgetLeft('slo', CHOSEN), SERVICE_LEGEND, { instant: true })],
  });

export const budgetOverTime = () =>
  timeSeries({
    title: 'Error budget over time',
    description: {
      shows: 'The same over time: a steep fall is an incident, a slope is a constant loss.',
      matters:
        'An incident can be learned from; a constant loss is a fault that everybody got used to.',
      act: 'Widen the time range to a month, and write down what each step was.',
    },
    unit: unit.ratio,
    min: undefined,
    max: 1,
    thresholds: badBelow(sloThresholds.errorBudgetLeft),
    queries: [query(errorBudgetLeft('slo', CHOSEN), SERVICE_LEGEND)],
    width: 16,
  });
