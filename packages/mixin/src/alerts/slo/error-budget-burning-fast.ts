import { sloThresholds } from '../../thresholds/slo-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { steps } from '../prose.ts';
import { burnAlert, canBurn, strictest } from './burn-alert.ts';
import { lookAtBurn } from './burn-runbook.ts';
import { eventsOf, firesFor } from './burn-tests.ts';

const { minimumFailures } = sloThresholds;

export const errorBudgetBurningFast: AlertSource = (spec) => {
  const slo = strictest(spec, 'slo');
  if (slo === undefined || !canBurn(slo, 'fast')) return undefined;
  const budget = 1 - slo.target;
  const outage = { bad: 0.7, minutes: Math.max(2, Math.round(2_000 * budget)) };
  return {
    ...burnAlert(spec, 'slo', 'fast'),
    name: 'ErrorBudgetBurningFast',
    severity: 'critical',
    summary:
      '{{ $labels.service_name }} breaks {{ $labels.slo }}: {{ $value | humanizePercentage }} of events are bad',
    description:
      'At this pace the error budget of 30 days is gone within two to five days, and 2 % to 5 % of it went in the last hours. Users feel it now.',
    runbook: {
      symptom: `Within an hour 14.4 times, or within six hours 6 times, as much fails or is late as the objective allows, it still goes on, and at least ${minimumFailures} events an hour are bad. Which promise it is says the label \`slo\`.`,
      meaning:
        'More of what people do fails or is slow than we promised them. `-availability` promises that it works, `-latency` that it is quick enough.',
      look: lookAtBurn(spec, 'slo'),
      mend: steps(
        'A deploy came shortly before: roll it back. It is the cause more often than everything else.',
        'A dependency is down or slow: follow its alert, which fires too.',
        'One route or one tenant makes the load: limit it, so that the others keep their promise.',
        'All replicas are busy: start more.',
      ),
    },
    tests: [
      {
        name: '20 times the allowed share is bad, since 20 minutes',
        series: eventsOf(slo, [
          { minutes: 60, perMinute: 10_000, bad: 0 },
          { minutes: 21, perMinute: 10_000, bad: Math.min(1, 60 * budget) },
        ]),
        at: '1h20m',
        fires: [firesFor(slo)],
      },
      {
        name: '8 times the allowed share for hours: the second pair of windows sees it',
        series: eventsOf(slo, [{ minutes: 121, perMinute: 10_000, bad: Math.min(1, 8 * budget) }]),
        at: '2h',
        fires: [firesFor(slo)],
      },
      {
        name: 'half of the allowed share is what the budget is for',
        series: eventsOf(slo, [{ minutes: 61, perMinute: 10_000, bad: budget / 2 }]),
        at: '1h',
        fires: [],
      },
      {
        name: 'an outage that ended ten minutes ago and was short for six hours',
        series: eventsOf(slo, [
          { minutes: 360, perMinute: 10_000, bad: 0 },
          { ...outage, perMinute: 10_000 },
          { minutes: 11, perMinute: 10_000, bad: 0 },
        ]),
        at: `${370 + outage.minutes}m`,
        fires: [],
      },
      {
        name: 'four failures in the first ten minutes of a service are not 24 an hour',
        series: eventsOf(slo, [
          { minutes: 6, perMinute: 10, bad: 0 },
          { minutes: 4, perMinute: 10, bad: 0.1 },
          { minutes: 10, perMinute: 10, bad: 0 },
        ]),
        at: '13m',
        fires: [],
      },
      {
        name: 'at night everything fails, but that is four events an hour',
        series: eventsOf(slo, [
          { minutes: 60, perMinute: 0, bad: 0 },
          ...Array.from({ length: 4 }, () => [
            { minutes: 1, perMinute: 1, bad: 1 },
            { minutes: 14, perMinute: 0, bad: 1 },
          ]).flat(),
        ]),
        at: '1h50m',
        fires: [],
      },
    ],
  };
};
