import type { ResolvedSpec } from '../../monitoring-spec.ts';
import type { Slo } from '../../slo/slo.ts';
import { sloThresholds } from '../../thresholds/slo-thresholds.ts';
import type { Alert, AlertSource } from '../alert.ts';
import { steps } from '../prose.ts';
import { burnAlert, canBurn, strictest } from './burn-alert.ts';
import { lookAtBurn } from './burn-runbook.ts';
import { eventsOf, firesFor } from './burn-tests.ts';

const { minimumFailures, minimumTenantEvents } = sloThresholds;

/** The same promise, kept for all together and broken for one. Never a page: the service's own alert is that. */
export const tenantErrorBudgetBurning: AlertSource = (spec) => {
  const slo = strictest(spec, 'slo_tenant');
  if (slo === undefined) return undefined;
  return [...(canBurn(slo, 'fast') ? [fast(spec, slo)] : []), slow(spec, slo)];
};

function fast(spec: ResolvedSpec, slo: Slo): Alert {
  const bad = Math.min(1, 60 * (1 - slo.target));
  return {
    ...base(spec),
    ...burnAlert(spec, 'slo_tenant', 'fast'),
    severity: 'warning',
    tests: [
      {
        name: 'one of two tenants has 60 times the allowed share',
        series: {
          ...eventsOf(slo, [{ minutes: 61, perMinute: 1_000, bad }], 'acme'),
          ...eventsOf(slo, [{ minutes: 61, perMinute: 1_000, bad: 0 }], 'globex'),
        },
        at: '1h',
        fires: [firesFor(slo, { tenant_id: 'acme' })],
      },
      {
        name: 'a new tenant with 400 requests, of which eight failed',
        series: eventsOf(slo, [
          { minutes: 6, perMinute: 30, bad: 0 },
          { minutes: 4, perMinute: 30, bad: 2 / 30 },
          { minutes: 11, perMinute: 30, bad: 0 },
        ]),
        at: '13m',
        fires: [],
      },
      {
        name: 'one event a minute is too few to judge a tenant by, even if all are bad',
        series: eventsOf(slo, [{ minutes: 121, perMinute: 1, bad: 1 }]),
        at: '2h',
        fires: [],
      },
    ],
  };
}

function slow(spec: ResolvedSpec, slo: Slo): Alert {
  const bad = Math.min(1, 4 * (1 - slo.target));
  return {
    ...base(spec),
    ...burnAlert(spec, 'slo_tenant', 'slow'),
    severity: 'info',
    tests: [
      {
        name: 'one of two tenants has 4 times the allowed share for hours',
        series: {
          ...eventsOf(slo, [{ minutes: 121, perMinute: 10_000, bad }], 'acme'),
          ...eventsOf(slo, [{ minutes: 121, perMinute: 10_000, bad: 0 }], 'globex'),
        },
        at: '2h',
        fires: [firesFor(slo, { tenant_id: 'acme' })],
      },
      {
        name: 'six failures in the first hour of a tenant',
        series: eventsOf(slo, [
          { minutes: 6, perMinute: 10, bad: 0.1 },
          { minutes: 55, perMinute: 10, bad: 0 },
        ]),
        at: '1h',
        fires: [],
      },
      {
        name: 'a tenant that does next to nothing',
        series: eventsOf(slo, [
          { minutes: 30, perMinute: 0, bad: 0 },
          { minutes: 3, perMinute: 1, bad: 1 },
          { minutes: 88, perMinute: 0, bad: 1 },
        ]),
        at: '2h',
        fires: [],
      },
    ],
  };
}

function base(spec: ResolvedSpec): Pick<Alert, 'name' | 'summary' | 'description' | 'runbook'> {
  return {
    name: 'TenantErrorBudgetBurning',
    summary:
      '{{ $labels.service_name }} breaks {{ $labels.slo }} for {{ $labels.tenant_id }}: {{ $value | humanizePercentage }} of its events are bad',
    description:
      'One tenant has more errors or waits longer than was promised, while the service as a whole may look fine. Call before they do.',
    runbook: {
      symptom: `The budget of one tenant goes 6 to 14.4 times (warning) or 1 to 3 times (info) faster than the objective allows, with at least ${minimumFailures} bad of ${minimumTenantEvents} events in the hour or day.`,
      meaning:
        'Everybody at this customer has a bad day; the others notice nothing, so the average hides it.',
      look: lookAtBurn(spec, 'slo_tenant'),
      mend: steps(
        'All tenants are affected: this is the smaller part of `ErrorBudgetBurningFast`, go there.',
        'Their data is special (size, odd characters, a missing setting): reproduce with their tenant id in a trace, mend the query or the input check.',
        'They do something new, an import or a bot: agree on a limit, or give them one.',
        'A feature or migration was switched on for them only: switch it off.',
        'Tell the account manager what happened and until when.',
      ),
    },
  };
}
