import { sloThresholds } from '../../thresholds/slo-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { steps } from '../prose.ts';
import { burnAlert, strictest } from './burn-alert.ts';
import { lookAtBurn } from './burn-runbook.ts';
import { eventsOf, firesFor } from './burn-tests.ts';

export const errorBudgetBurningSlowly: AlertSource = (spec) => {
  const slo = strictest(spec, 'slo');
  if (slo === undefined) return undefined;
  const budget = 1 - slo.target;
  return {
    ...burnAlert(spec, 'slo', 'slow'),
    name: 'ErrorBudgetBurningSlowly',
    severity: 'warning',
    summary:
      '{{ $labels.service_name }} will break {{ $labels.slo }}: {{ $value | humanizePercentage }} of events are bad, day and night',
    description:
      'The error budget of 30 days goes faster than it comes, for a day or more. No outage, but the promise of this month will not be kept.',
    runbook: {
      symptom: `Within a day 3 times, or within three days as much, fails or is late as the objective allows, it still goes on, and at least ${sloThresholds.minimumFailures} events a day are bad.`,
      meaning:
        'A small, steady share of people meets errors or waits too long. Nobody complains loudly, some leave.',
      look: lookAtBurn(spec, 'slo'),
      mend: steps(
        'Find the route, tenant or dependency that most bad events have in common, and make a ticket with it.',
        'It began with a release: the fix goes before the next feature.',
        'The budget is nearly spent: risky releases wait until some is back.',
        'Users do not mind and nothing can be done: the objective is too strict. Lower it on purpose, not by silence.',
      ),
    },
    tests: [
      {
        name: '4 times the allowed share is bad, since three hours',
        series: eventsOf(slo, [{ minutes: 181, perMinute: 10_000, bad: Math.min(1, 4 * budget) }]),
        at: '3h',
        fires: [firesFor(slo)],
      },
      {
        name: 'half of the allowed share is what the budget is for',
        series: eventsOf(slo, [{ minutes: 121, perMinute: 10_000, bad: budget / 2 }]),
        at: '2h',
        fires: [],
      },
      {
        name: 'six failures in the first hour of a service are not a hundred a day',
        series: eventsOf(slo, [
          { minutes: 6, perMinute: 10, bad: 0.1 },
          { minutes: 55, perMinute: 10, bad: 0 },
        ]),
        at: '1h',
        fires: [],
      },
      {
        name: 'it was bad for an hour, and is over since more than six',
        series: eventsOf(slo, [
          { minutes: 60, perMinute: 10_000, bad: Math.min(1, 4 * budget) },
          { minutes: 391, perMinute: 10_000, bad: 0 },
        ]),
        at: '7h30m',
        fires: [],
      },
    ],
  };
};
