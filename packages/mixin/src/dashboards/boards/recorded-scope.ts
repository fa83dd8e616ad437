import type { Metric } from '../../metrics/metric.ts';
import type { QueryScope } from '../../query/query-scope.ts';
import { hourlyHttp } from '../../rules/hourly-records.ts';
import { httpRecords } from '../../rules/http-rules.ts';

/** Recorded series have neither instance nor version. */
export const SERVICES = ['deployment_environment_name=~"$environment"', 'job=~"$job"'];
export const TENANTS = [...SERVICES, 'tenant_id=~"$tenant"'];

/** What processes send themselves, chosen as recorded series are. */
export const ofServices = (scope: QueryScope): QueryScope => ({
  ...scope,
  service: SERVICES.join(','),
  tenant: '',
});

/** What the variables of boards about recorded series offer: every service that answers requests, and its tenants. */
export const recorded: Metric = {
  name: hourlyHttp.requests,
  kind: 'gauge',
  unit: '{request}',
  description: 'Requests of an hour',
  origin: 'service',
  tenant: true,
  labels: [],
};

/** The same for boards that look at services and not at their tenants. */
export const recordedServices: Metric = {
  ...recorded,
  name: httpRecords('job').rate,
  unit: '{request}/s',
  description: 'Requests a second',
  tenant: false,
};
