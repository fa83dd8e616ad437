import { burnRate, errorBudgetLeft, sloErrorRatio } from '../../../queries/slo-queries.ts';
import { sloThresholds } from '../../../thresholds/slo-thresholds.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, badBelow, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { stat } from '../../panels/stat.ts';
import { CHOSEN, page, ticketLater } from './slo-scope.ts';

export const leastLeft = () =>
  stat({
    title: 'Least budget left',
    description: {
      shows: 'Share of the error budget of 30 days that is left, of the objective with least.',
      matters: 'At 0 a promise is broken; below it is broken by more.',
      act: 'Below a quarter, put reliability before features until it has grown again.',
    },
    unit: unit.ratio,
    thresholds: badBelow(sloThresholds.errorBudgetLeft),
    queries: [query(`min(${errorBudgetLeft('slo', CHOSEN)})`, 'Left')],
  });

export const fastestBurn = () =>
  stat({
    title: 'Fastest burn, last hour',
    description: {
      shows:
        'How many times faster than allowed the budget was spent in the last hour, by the worst objective.',
      matters: 'At 1 the budget lasts exactly its 30 days, at 14.4 two days.',
      act: 'Above the red level somebody was called. Below it, see whether it still rises.',
    },
    unit: unit.plain,
    decimals: 1,
    thresholds: badAbove({ warning: ticketLater.factor, critical: page.factor }),
    queries: [query(`max(${burnRate('slo', page.long, CHOSEN)})`, 'Burn rate')],
  });

export const mostBroken = () =>
  stat({
    title: 'Worst share now',
    description: {
      shows:
        'Share of events in the last five minutes that broke a promise, of the worst objective.',
      matters: 'It moves at once when something breaks, and when it is mended.',
      act: 'After a repair watch this first; the windows below follow later.',
    },
    unit: unit.ratio,
    decimals: 2,
    thresholds: neutral,
    queries: [query(`max(${sloErrorRatio('slo', '5m', CHOSEN)})`, 'Broken')],
  });
