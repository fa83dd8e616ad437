import { firingCount } from '../../../queries/alert-queries.ts';
import { availability, latency, tenantsServed } from '../../../queries/http-queries.ts';
import type { QueryScope } from '../../../query/query-scope.ts';
import { overviewThresholds } from '../../../thresholds/overview-thresholds.ts';
import { serviceThresholds } from '../../../thresholds/service-thresholds.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, badBelow, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { stat } from '../../panels/stat.ts';

export const served = (whole: QueryScope) =>
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

export const quick = (whole: QueryScope) =>
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

export const customers = (scope: QueryScope) =>
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

export const firing = (severity: 'critical' | 'warning') =>
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
