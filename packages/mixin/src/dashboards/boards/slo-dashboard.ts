import type { Metric } from '../../metrics/metric.ts';
import type { ResolvedSpec } from '../../monitoring-spec.ts';
import {
  burnRate,
  errorBudgetLeft,
  sloErrorRatio,
  sloEvents,
  sloTarget,
} from '../../queries/slo-queries.ts';
import { allSlos } from '../../slo/all-slos.ts';
import type { Slo } from '../../slo/slo.ts';
import { type SloWindow, sloRecords } from '../../slo/slo-records.ts';
import { sloThresholds } from '../../thresholds/slo-thresholds.ts';
import type { DashboardSource } from '../dashboard-source.ts';
import { folders } from '../folders.ts';
import { dashboard } from '../frame/dashboard.ts';
import { row } from '../frame/layout.ts';
import { cellValue, dashboardLink, dataLink, seriesLabel } from '../frame/links.ts';
import { barGauge } from '../panels/bar-gauge.ts';
import { query } from '../panels/panel-query.ts';
import { badAbove, badBelow, neutral } from '../panels/panel-thresholds.ts';
import { unit } from '../panels/panel-units.ts';
import { stat } from '../panels/stat.ts';
import { table } from '../panels/table.ts';
import { timeSeries } from '../panels/time-series.ts';
import { uids } from '../uids.ts';

/** Recorded series have neither instance nor version; those by tenant have `tenant_id`. */
const CHOSEN = ['deployment_environment_name=~"$environment"', 'job=~"$job"', 'slo=~"$slo"'];
const TENANT_CHOSEN = [...CHOSEN, 'tenant_id=~"$tenant"'];

const recorded = (name: string, tenant: boolean): Metric => ({
  name,
  kind: 'gauge',
  unit: '',
  description: 'Events a second that a promise is about',
  origin: 'service',
  tenant,
  labels: ['slo'],
});
const ofServices = recorded(sloRecords('slo').events, false);
const ofTenants = recorded(sloRecords('slo_tenant').events, true);

const SERVICE_LEGEND = '{{slo}} {{job}}';
const [page, pageLater] = sloThresholds.fast;
const [ticket, ticketLater] = sloThresholds.slow;

/** Every promise: what was said, how it goes, how much may still go wrong. */
export const sloDashboard: DashboardSource = {
  uid: uids.slo,
  folder: folders.services,
  build: (spec) => {
    const slos = allSlos(spec);
    if (slos.length === 0) return undefined;
    const byTenant = slos.some(({ metric }) => metric.tenant);
    return dashboard(spec, {
      uid: uids.slo,
      title: 'SLO',
      description: 'Do we keep what we promised, and how much may still go wrong in these 30 days?',
      tags: ['services', 'slo'],
      about: byTenant ? [ofServices, ofTenants] : [ofServices],
      instances: false,
      variables: [{ name: 'slo', title: 'Objective', label: 'slo', metric: ofServices }],
      from: 'now-6h',
      links: [
        dashboardLink('Services', uids.services),
        dashboardLink('API performance', uids.api),
        dashboardLink('Tenants', uids.tenant),
      ],
      rows: [
        row('Now', [leastLeft(), fastestBurn(), mostBroken()]),
        row('Objectives', [objectives(slos)]),
        row('Error budget', [budgets(), budgetOverTime()]),
        row('Burn rate', [fastBurn(), slowBurn()]),
        row('What it is made of', [events(), badShare()]),
        row('Tenants', byTenant ? [tenantBudgets(spec), tenantBurn()] : []),
      ],
    });
  },
};

const leastLeft = () =>
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

const fastestBurn = () =>
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

const mostBroken = () =>
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

const objectives = (slos: readonly Slo[]) =>
  table({
    title: 'All objectives',
    description: {
      shows: `A row for each promise and service that it is about.\n\n${slos.map(({ id, promise }) => `- \`${id}\`: ${promise}.`).join('\n')}`,
      matters: 'A promise that nobody looks at is broken without anybody noticing.',
      act: 'Click the service with the least budget left. A promise that never burns may be too weak.',
    },
    rows: [
      { label: 'slo', name: 'Objective' },
      {
        label: 'job',
        name: 'Service',
        links: [
          dataLink('API performance', uids.api, {
            set: { job: cellValue },
            keep: ['datasource', 'environment'],
          }),
        ],
      },
    ],
    columns: [
      {
        name: 'Promised',
        expr: byObjective(
          `${sloErrorRatio('slo', '5m', CHOSEN)} * 0 + on (slo) group_left () ${sloTarget(['slo=~"$slo"'])}`,
        ),
        unit: unit.ratio,
        thresholds: neutral,
      },
      {
        name: 'Kept, 30 days',
        expr: byObjective(`1 - ${sloErrorRatio('slo', '30d', CHOSEN)}`),
        unit: unit.ratio,
        thresholds: neutral,
      },
      {
        name: 'Budget left',
        expr: byObjective(errorBudgetLeft('slo', CHOSEN)),
        unit: unit.ratio,
        thresholds: badBelow(sloThresholds.errorBudgetLeft),
      },
      ...[page, pageLater, ticket, ticketLater].map(({ factor, long }) => ({
        name: `Burn ${long}`,
        expr: byObjective(burnRate('slo', long, CHOSEN)),
        unit: unit.plain,
        thresholds: badAbove(
          factor >= pageLater.factor ? { critical: factor } : { warning: factor },
        ),
      })),
    ],
    sortBy: 'Burn 1h',
  });

/** One row for each promise and job, whatever other labels the series have. */
const byObjective = (expr: string): string => `max by (slo, job) (${expr})`;

const budgets = () =>
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

const budgetOverTime = () =>
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

const burning = (windows: readonly { readonly long: SloWindow; readonly short: SloWindow }[]) =>
  windows.flatMap(({ long, short }) =>
    [long, short].map((window) =>
      query(burnRate('slo', window, CHOSEN), `${SERVICE_LEGEND} ${window}`),
    ),
  );

const fastBurn = () =>
  timeSeries({
    title: 'Fast burn',
    description: {
      shows: `Burn rate over the windows of the alerts that wake somebody: ${page.factor} over ${page.long} and ${page.short}, ${pageLater.factor} over ${pageLater.long} and ${pageLater.short}.`,
      matters: 'Above these levels the budget of a month is gone in days.',
      act: 'Follow the runbook of the alert. It ends when the short window is below the line again.',
    },
    unit: unit.plain,
    thresholds: badAbove({ warning: pageLater.factor, critical: page.factor }),
    queries: burning(sloThresholds.fast),
  });

const slowBurn = () =>
  timeSeries({
    title: 'Slow burn',
    description: {
      shows: `Burn rate over the windows of the alerts for working hours: ${ticket.factor} over ${ticket.long} and ${ticket.short}, ${ticketLater.factor} over ${ticketLater.long} and ${ticketLater.short}.`,
      matters: 'Nothing is on fire, and yet the promise will be broken before the month is over.',
      act: 'Find the endpoint that contributes most on API performance, and plan its repair.',
    },
    unit: unit.plain,
    thresholds: badAbove({ warning: ticketLater.factor, critical: ticket.factor }),
    queries: burning(sloThresholds.slow),
  });

const events = () =>
  timeSeries({
    title: 'Events',
    description: {
      shows:
        'Events a second that each promise is about: requests, orders, or what the objective counts.',
      matters: 'A ratio of few events says little: the alerts wait until there are enough.',
      act: 'For one without events, look whether the service still runs and sends its metrics.',
    },
    unit: unit.countsPerSecond,
    thresholds: neutral,
    queries: [query(sloEvents('slo', CHOSEN), SERVICE_LEGEND)],
  });

const badShare = () =>
  timeSeries({
    title: 'Share of bad events',
    description: {
      shows: 'Share of events in the last five minutes that broke the promise.',
      matters: 'It shows when something broke, without the inertia of longer windows.',
      act: 'Compare with the blue deployment marks.',
    },
    unit: unit.ratio,
    thresholds: neutral,
    queries: [query(sloErrorRatio('slo', '5m', CHOSEN), SERVICE_LEGEND)],
  });

const tenantLinks = () => [
  dataLink('This tenant', uids.tenant, {
    set: { tenant: seriesLabel('tenant_id'), job: seriesLabel('job') },
    keep: ['datasource', 'environment'],
  }),
];

const tenantBudgets = ({ tenantBudget }: ResolvedSpec) =>
  barGauge({
    title: 'Tenants with least budget left',
    description: {
      shows: `The 15 tenants, of at most ${tenantBudget} with a name, for whom least of the error budget is left.`,
      matters: 'A promise that is kept on average may be broken for one customer all the time.',
      act: 'Click the tenant, find out what they meet, and tell them.',
    },
    unit: unit.ratio,
    max: 1,
    thresholds: badBelow(sloThresholds.errorBudgetLeft),
    queries: [
      query(
        `bottomk(15, ${errorBudgetLeft('slo_tenant', TENANT_CHOSEN)})`,
        '{{tenant_id}} {{slo}}',
        { instant: true },
      ),
    ],
    links: tenantLinks(),
  });

const tenantBurn = () =>
  timeSeries({
    title: 'Burn rate by tenant',
    description: {
      shows: 'Burn rate over an hour of the 15 tenants for whom it is highest at each moment.',
      matters: 'It finds the outage of one customer that an average over all hides.',
      act: 'One tenant alone: their data or settings. All: follow the objective of the service.',
    },
    unit: unit.plain,
    thresholds: badAbove({ warning: ticketLater.factor, critical: page.factor }),
    queries: [
      query(
        `topk(15, ${burnRate('slo_tenant', page.long, TENANT_CHOSEN)})`,
        '{{tenant_id}} {{slo}}',
      ),
    ],
    width: 16,
    links: tenantLinks(),
  });
