import { http } from '../../metrics/sdk-metrics.ts';
import type { ResolvedSpec } from '../../monitoring-spec.ts';
import { firingCount } from '../../queries/alert-queries.ts';
import {
  declineRatio,
  loginSuccessRatio,
  paidOrders,
  registrations,
  revenue,
} from '../../queries/business-queries.ts';
import { availability, latency, requestRate, tenantsServed } from '../../queries/http-queries.ts';
import { mrr } from '../../queries/subscription-queries.ts';
import { healthFormula, healthScore } from '../../queries/tenants-queries.ts';
import { panelScope, type QueryScope } from '../../query/query-scope.ts';
import { businessThresholds } from '../../thresholds/business-thresholds.ts';
import { overviewThresholds } from '../../thresholds/overview-thresholds.ts';
import { serviceThresholds } from '../../thresholds/service-thresholds.ts';
import type { DashboardSource } from '../dashboard-source.ts';
import { folders } from '../folders.ts';
import { dashboard } from '../frame/dashboard.ts';
import { row } from '../frame/layout.ts';
import { dashboardLink, dataLink, seriesLabel } from '../frame/links.ts';
import { barGauge } from '../panels/bar-gauge.ts';
import { query } from '../panels/panel-query.ts';
import { badAbove, badBelow, neutral } from '../panels/panel-thresholds.ts';
import { unit } from '../panels/panel-units.ts';
import { stat } from '../panels/stat.ts';
import { timeSeries } from '../panels/time-series.ts';
import { uids } from '../uids.ts';
import { AMOUNTS } from './business/money-note.ts';
import { whenKnown } from './business/when-known.ts';
import { countriesPanel } from './countries-panel.ts';

/** For people who have a minute: do customers get what they pay for, and does the business move? */
export const executiveDashboard: DashboardSource = {
  uid: uids.executive,
  folder: folders.overview,
  build: (spec) => {
    const scope = panelScope(spec.histograms);
    const whole = { ...scope, window: '$__range' };
    return dashboard(spec, {
      uid: uids.executive,
      title: 'Executive overview',
      description:
        'Do customers get what they pay for, and does the business move? For people who have a minute.',
      tags: ['overview', 'business'],
      about: [http.serverDuration],
      from: 'now-24h',
      links: [
        dashboardLink('Business', uids.business),
        dashboardLink('Services', uids.services),
        dashboardLink('SLO', uids.slo),
        dashboardLink('Tenants', uids.tenant),
      ],
      rows: [
        row('Service', [
          served(whole),
          quick(whole),
          customers(scope),
          firing('critical'),
          firing('warning'),
        ]),
        row('Business in this time range', [
          earned(spec, whole),
          sold(spec, whole),
          recurring(spec, scope),
          declined(spec, whole),
          joined(spec, whole),
          loggedIn(spec, whole),
        ]),
        row('Trends', [
          load(scope),
          income(spec, scope),
          health(spec, scope),
          activeTenants(scope),
        ]),
        row('Where from', [countriesPanel(whole)]),
      ],
    });
  },
};

const served = (whole: QueryScope) =>
  stat({
    title: 'Requests served well',
    description: {
      shows:
        'Share of all requests in the time range that were not answered with an error of ours (5xx).',
      matters: 'It is what we promise: everything below is somebody who was let down.',
      act: 'When it is not green, ask the team on call for the reason and for when it will be mended.',
    },
    unit: unit.ratio,
    decimals: 2,
    thresholds: badBelow(overviewThresholds.availability),
    queries: [query(availability(whole), 'Served well', { instant: true })],
  });

const quick = (whole: QueryScope) =>
  stat({
    title: 'Time to answer, p95',
    description: {
      shows: 'The time within which 95 % of requests in the time range were answered.',
      matters: 'People notice a second, and leave after a few.',
      act: 'When it is not green, Services overview tells which service is slow.',
    },
    unit: unit.seconds,
    thresholds: badAbove(serviceThresholds.latencyP99),
    queries: [query(latency(0.95, whole), 'p95', { instant: true })],
  });

const customers = (scope: QueryScope) =>
  stat({
    title: 'Tenants served now',
    description: {
      shows: 'Tenants that make requests at this moment.',
      matters: 'A customer who stops using the product has begun to leave.',
      act: 'Compare with the same time yesterday; Tenants shows who is missing.',
    },
    unit: unit.count,
    thresholds: neutral,
    queries: [query(tenantsServed(scope), 'Tenants')],
  });

const firing = (severity: 'critical' | 'warning') =>
  stat({
    title: severity === 'critical' ? 'Critical alerts' : 'Warnings',
    description: {
      shows: `Alerts of severity ${severity} that fire now, about what is selected or about nothing in particular.`,
      matters:
        severity === 'critical'
          ? 'Users are hurt, and somebody was called.'
          : 'Somebody should look in working hours, before it hurts users.',
      act: 'Open the alert in Alertmanager: it has a description, a dashboard and a runbook.',
    },
    unit: unit.count,
    thresholds: badAbove(
      severity === 'critical'
        ? overviewThresholds.firingCritical
        : overviewThresholds.firingWarning,
    ),
    queries: [query(firingCount(severity), severity)],
  });

const earned = (spec: ResolvedSpec, whole: QueryScope) =>
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

const sold = (spec: ResolvedSpec, whole: QueryScope) =>
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

const recurring = (spec: ResolvedSpec, scope: QueryScope) =>
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

const declined = (spec: ResolvedSpec, whole: QueryScope) =>
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

const joined = (spec: ResolvedSpec, whole: QueryScope) =>
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

const loggedIn = (spec: ResolvedSpec, whole: QueryScope) =>
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

const load = (scope: QueryScope) =>
  timeSeries({
    title: 'Requests by service',
    description: {
      shows: 'Requests a second that each service answered.',
      matters: 'It is how much the product is used, hour by hour.',
      act: 'A hole in the curve is an outage: the red marks tell which alert fired.',
    },
    unit: unit.requestsPerSecond,
    thresholds: neutral,
    queries: [query(requestRate(scope, ['service_name']), '{{service_name}}')],
    stack: true,
  });

const income = (spec: ResolvedSpec, scope: QueryScope) =>
  whenKnown(revenue(spec, { ...scope, window: '1h' }), (expr) =>
    timeSeries({
      title: 'Revenue of the last hour',
      description: {
        shows: `Amount of paid orders in the hour before each moment, by currency. ${AMOUNTS}`,
        matters: 'It shows the hour in which something went wrong, and when it was right again.',
        act: 'Lay it next to the requests above: orders that fall alone are not a lack of visitors.',
      },
      unit: unit.count,
      thresholds: neutral,
      queries: [query(expr, '{{currency}}')],
    }),
  );

const health = (spec: ResolvedSpec, scope: QueryScope) =>
  barGauge({
    title: 'Tenants that fare worst',
    description: {
      shows: `The ten lowest tenant health scores, 0 to 1.\n\n${healthFormula}`,
      matters: 'An average hides the one customer who is about to leave.',
      act: 'Click the lowest, see what is wrong there, and tell them before they tell you.',
    },
    unit: unit.ratio,
    max: 1,
    thresholds: badBelow(businessThresholds.tenantHealth),
    queries: [
      query(`bottomk(10, ${healthScore(spec, { ...scope, window: '1h' })})`, '{{tenant_id}}', {
        instant: true,
      }),
    ],
    width: 12,
    links: [dataLink('This tenant', uids.tenant, { set: { tenant: seriesLabel('tenant_id') } })],
  });

const activeTenants = (scope: QueryScope) =>
  timeSeries({
    title: 'Tenants served',
    description: {
      shows: 'Tenants that made requests, over time.',
      matters: 'The lowest point of a working day is how many really depend on us.',
      act: 'A step down at one moment is a fault of many; a slow decline is a question for the business.',
    },
    unit: unit.count,
    thresholds: neutral,
    queries: [query(tenantsServed(scope), 'Tenants')],
  });
