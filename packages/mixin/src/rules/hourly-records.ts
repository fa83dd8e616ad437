import type { CatalogInstrument } from '@bellwether/meters';
import { metricOf } from '../metrics/metric.ts';

/** What is kept when the rest is forgotten, one number an hour for each service and tenant. All names end in `1h`. */
export const hourlyHttp = {
  requests: 'job_tenant:http_server_requests:increase1h',
  /** Requests that were answered with 5xx. */
  errors: 'job_tenant:http_server_errors:increase1h',
  /** Seconds that were spent on answering. */
  time: 'job_tenant:http_server_time_seconds:increase1h',
  /** Of a service, tenants together: percentiles cannot be added up. */
  p99: 'job:http_server_request_duration_seconds:p99_1h',
} as const;

/** The name of an instrument's hourly series: what a counter counted, or the highest that a gauge showed. */
export function hourlyRecord(
  instrument: Pick<CatalogInstrument, 'kind' | 'name' | 'unit'>,
): string {
  const { name, kind } = metricOf({ attributes: {}, description: '', tenant: true, ...instrument });
  return kind === 'gauge'
    ? `job_tenant:${name}:max1h`
    : `job_tenant:${name.replace(/_total$/, '')}:increase1h`;
}

/** Labels that stay, by instrument; of all others only service and tenant do. Amounts are never added across currencies. */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  'commerce.orders': ['status', 'currency'],
  'commerce.payments': ['outcome'],
  'auth.logins': ['outcome'],
  'auth.registrations': ['outcome'],
  'saas.sign_ups': ['plan'],
  'saas.subscription.changes': ['change'],
  'errors.reported': ['severity'],
};

/** The labels of an instrument's hourly series, beside service and tenant. */
export function hourlyLabels({ name, attributes }: Pick<CatalogInstrument, 'name' | 'attributes'>) {
  return KEPT[name] ?? (Object.hasOwn(attributes, 'currency') ? ['currency'] : []);
}

/** Instruments that have an hourly series: what is counted for a tenant, and what its gauges show. */
export const hasHourlyRecord = ({ kind, tenant }: Pick<CatalogInstrument, 'kind' | 'tenant'>) =>
  tenant && (kind === 'counter' || kind === 'gauge');
