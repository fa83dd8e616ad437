import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type AlertmanagerUnderTest,
  type Labels,
  startAlertmanager,
} from './alertmanager-under-test.ts';
import { isInhibited } from './is-inhibited.ts';

const shop = {
  deployment_environment_name: 'production',
  job: 'bellwether/shop',
  service_name: 'shop',
};
const cart = {
  deployment_environment_name: 'production',
  job: 'bellwether/cart',
  service_name: 'cart',
};
const disk = { job: 'node-exporter', instance: 'n:9100', device: '/dev/vda1', mountpoint: '/' };

const critical = { severity: 'critical' };
const warning = { severity: 'warning' };

let alertmanager: AlertmanagerUnderTest;

beforeAll(async () => {
  // Nobody has to be told for it: Alertmanager says itself what it holds back.
  const nowhere = '127.0.0.1:9';
  alertmanager = await startAlertmanager({
    sink: `http://${nowhere}`,
    smarthost: nowhere,
    timing: { groupWait: '1h' },
  });
}, 600_000);
afterAll(() => alertmanager?.stop());

test.for<readonly [what: string, source: Labels, target: Labels, inhibited: boolean]>([
  [
    'critical over warning of the same alert',
    { alertname: 'ServiceErrorRatioHigh', ...shop, ...critical },
    { alertname: 'ServiceErrorRatioHigh', ...shop, ...warning },
    true,
  ],
  [
    'not of another service',
    { alertname: 'ServiceErrorRatioHigh', ...shop, ...critical },
    { alertname: 'ServiceErrorRatioHigh', ...cart, ...warning },
    false,
  ],
  [
    'not of another alert, though both lack all other labels',
    { alertname: 'PaymentsFailing', ...critical },
    { alertname: 'LoginFailuresHigh', ...warning },
    false,
  ],
  [
    'not of another tenant',
    { alertname: 'A', ...shop, tenant_id: 'acme', ...critical },
    { alertname: 'A', ...shop, tenant_id: 'globex', ...warning },
    false,
  ],
  [
    'not of another mount point',
    { alertname: 'DiskFull', ...disk, ...critical },
    { alertname: 'DiskFilling', ...disk, mountpoint: '/data', ...warning },
    false,
  ],
  [
    'a full disk over the same one that fills',
    { alertname: 'DiskFull', ...disk, ...critical },
    { alertname: 'DiskFilling', ...disk, ...warning },
    true,
  ],
  [
    'a full queue over one that fills',
    { alertname: 'CollectorQueueFull', job: 'c', instance: 'i', exporter: 'e', ...critical },
    { alertname: 'CollectorQueueFilling', job: 'c', instance: 'i', exporter: 'e', ...warning },
    true,
  ],
  [
    'not the queue of another Collector',
    { alertname: 'CollectorQueueFull', job: 'c', instance: 'i', exporter: 'e', ...critical },
    { alertname: 'CollectorQueueFilling', job: 'c', instance: 'j', exporter: 'e', ...warning },
    false,
  ],
  [
    'a fast burn over a slow one',
    { alertname: 'ErrorBudgetBurningFast', ...shop, slo: 'availability', ...critical },
    { alertname: 'ErrorBudgetBurningSlowly', ...shop, slo: 'availability', ...warning },
    true,
  ],
  [
    'not of another objective',
    { alertname: 'ErrorBudgetBurningFast', ...shop, slo: 'availability', ...critical },
    { alertname: 'ErrorBudgetBurningSlowly', ...shop, slo: 'latency', ...warning },
    false,
  ],
  [
    'payments that fail over many declined',
    { alertname: 'PaymentsFailing', ...shop, ...critical },
    { alertname: 'PaymentDeclineRatioHigh', ...shop, ...warning },
    true,
  ],
  [
    'PostgreSQL down over latency',
    { alertname: 'PostgresDown', job: 'postgres-exporter', instance: 'p', ...critical },
    { alertname: 'ServiceLatencyHigh', ...shop, ...critical },
    true,
  ],
  [
    'PostgreSQL down over a slow database',
    { alertname: 'PostgresDown', job: 'postgres-exporter', instance: 'p', ...critical },
    { alertname: 'DatabaseSlow', ...shop, db_system_name: 'postgresql', ...warning },
    true,
  ],
  [
    'PostgreSQL down says nothing about errors that people see',
    { alertname: 'PostgresDown', job: 'postgres-exporter', instance: 'p', ...critical },
    { alertname: 'ServiceErrorRatioHigh', ...shop, ...critical },
    false,
  ],
  [
    'PostgreSQL down says nothing about Redis',
    { alertname: 'PostgresDown', job: 'postgres-exporter', instance: 'p', ...critical },
    { alertname: 'DatabaseErrorRatioHigh', ...shop, db_system_name: 'redis', ...warning },
    false,
  ],
  [
    'MySQL down over its slow statements',
    { alertname: 'MysqlDown', job: 'mysql-exporter', instance: 'm', ...critical },
    { alertname: 'MysqlSlowQueries', job: 'mysql-exporter', instance: 'm', ...warning },
    true,
  ],
  [
    'MySQL down over a slow MariaDB',
    { alertname: 'MysqlDown', job: 'mysql-exporter', instance: 'm', ...critical },
    { alertname: 'DatabaseSlow', ...shop, db_system_name: 'mariadb', ...warning },
    true,
  ],
  [
    'MySQL down says nothing about PostgreSQL',
    { alertname: 'MysqlDown', job: 'mysql-exporter', instance: 'm', ...critical },
    { alertname: 'DatabaseSlow', ...shop, db_system_name: 'postgresql', ...warning },
    false,
  ],
  [
    'Redis down over a low hit ratio',
    { alertname: 'RedisDown', job: 'redis-exporter', instance: 'r', ...critical },
    { alertname: 'CacheHitRatioLow', ...shop, cache: 'products', ...warning },
    true,
  ],
  [
    'all Collectors down over each of them',
    { alertname: 'CollectorDown', job: 'otel-collector', ...critical },
    { alertname: 'CollectorDown', job: 'otel-collector', instance: 'c', ...warning },
    true,
  ],
  [
    'one Collector of several says nothing about silence',
    { alertname: 'CollectorDown', job: 'otel-collector', instance: 'c', ...warning },
    { alertname: 'ServiceSilent', ...shop, ...critical },
    false,
  ],
  [
    'Collector down over silence',
    { alertname: 'CollectorDown', job: 'otel-collector', ...critical },
    { alertname: 'ServiceSilent', ...shop, ...critical },
    true,
  ],
  [
    'Collector down over traffic gone',
    { alertname: 'CollectorDown', job: 'otel-collector', ...critical },
    { alertname: 'TrafficGone', ...shop, ...critical },
    true,
  ],
  [
    'a Collector that delivers nothing over silence',
    { alertname: 'CollectorNotDelivering', job: 'otel-collector', instance: 'c', ...critical },
    { alertname: 'ServiceSilent', ...shop, ...critical },
    true,
  ],
  [
    'Collector down says nothing about the database',
    { alertname: 'CollectorDown', job: 'otel-collector', ...critical },
    { alertname: 'PostgresDown', job: 'postgres-exporter', instance: 'p', ...critical },
    false,
  ],
  [
    'a silent service over its traffic',
    { alertname: 'ServiceSilent', ...shop, ...critical },
    { alertname: 'TrafficGone', ...shop, ...critical },
    true,
  ],
  [
    'a silent service over orders of its tenants that are missing',
    { alertname: 'ServiceSilent', ...shop, ...critical },
    { alertname: 'TenantOrdersDropped', ...shop, tenant_id: 'acme', ...warning },
    true,
  ],
  [
    'no traffic over less than usual',
    { alertname: 'TrafficGone', ...shop, ...critical },
    { alertname: 'TrafficDropped', ...shop, ...warning },
    true,
  ],
  [
    'no traffic of one service says nothing about another',
    { alertname: 'TrafficGone', ...shop, ...critical },
    { alertname: 'TrafficDropped', ...cart, ...warning },
    false,
  ],
  [
    'memory that is gone over memory that will be',
    { alertname: 'HostMemoryHigh', job: 'node-exporter', instance: 'n:9100', ...warning },
    { alertname: 'HostMemoryFilling', job: 'node-exporter', instance: 'n:9100', ...warning },
    true,
  ],
  [
    'not of another machine',
    { alertname: 'HostMemoryHigh', job: 'node-exporter', instance: 'n:9100', ...warning },
    { alertname: 'HostMemoryFilling', job: 'node-exporter', instance: 'm:9100', ...warning },
    false,
  ],
  [
    'a heap at its limit over one that will be',
    { alertname: 'HeapNearLimit', ...shop, instance: 'a', ...warning },
    { alertname: 'HeapFilling', ...shop, instance: 'a', ...warning },
    true,
  ],
  [
    'not the heap of another replica',
    { alertname: 'HeapNearLimit', ...shop, instance: 'a', ...warning },
    { alertname: 'HeapFilling', ...shop, instance: 'b', ...warning },
    false,
  ],
  [
    'connections that are used up over those that will be',
    { alertname: 'PostgresConnectionsHigh', job: 'postgres-exporter', instance: 'p', ...warning },
    {
      alertname: 'PostgresConnectionsGrowing',
      job: 'postgres-exporter',
      instance: 'p',
      ...warning,
    },
    true,
  ],
  [
    'a killed container over one that is near its limit',
    {
      alertname: 'ContainerOutOfMemory',
      job: 'cadvisor',
      instance: 'c',
      id: '/docker/a',
      ...warning,
    },
    {
      alertname: 'ContainerMemoryNearLimit',
      job: 'cadvisor',
      instance: 'c',
      id: '/docker/a',
      ...warning,
    },
    true,
  ],
  [
    'not another container of the same machine',
    {
      alertname: 'ContainerOutOfMemory',
      job: 'cadvisor',
      instance: 'c',
      id: '/docker/a',
      ...warning,
    },
    {
      alertname: 'ContainerMemoryNearLimit',
      job: 'cadvisor',
      instance: 'c',
      id: '/docker/b',
      ...warning,
    },
    false,
  ],
  [
    'not over that of another one',
    { alertname: 'ServiceSilent', ...shop, ...critical },
    { alertname: 'TrafficGone', ...cart, ...critical },
    false,
  ],
  [
    'errors of the fleet over those of a tenant',
    { alertname: 'ServiceErrorRatioHigh', ...shop, ...critical },
    { alertname: 'TenantErrorRatioHigh', ...shop, tenant_id: 'acme', ...warning },
    true,
  ],
  [
    'not while the fleet is only warned of',
    { alertname: 'ServiceErrorRatioHigh', ...shop, ...warning },
    { alertname: 'TenantErrorRatioHigh', ...shop, tenant_id: 'acme', ...warning },
    false,
  ],
  [
    'not the tenant over the fleet',
    { alertname: 'TenantErrorRatioHigh', ...shop, tenant_id: 'acme', ...critical },
    { alertname: 'ServiceErrorRatioHigh', ...shop, ...warning },
    false,
  ],
  [
    'latency of the fleet over that of a tenant',
    { alertname: 'ServiceLatencyHigh', ...shop, ...critical },
    { alertname: 'TenantLatencyHigh', ...shop, tenant_id: 'acme', ...warning },
    true,
  ],
  [
    'the budget of the fleet over that of a tenant',
    { alertname: 'ErrorBudgetBurningFast', ...shop, slo: 's', ...critical },
    { alertname: 'TenantErrorBudgetBurning', ...shop, slo: 's', tenant_id: 'acme', ...warning },
    true,
  ],
  [
    'payments of the fleet over those of a tenant',
    { alertname: 'PaymentsFailing', ...shop, ...critical },
    { alertname: 'TenantPaymentsDeclined', ...shop, tenant_id: 'acme', ...warning },
    true,
  ],
])('%s', async ([, source, target, inhibited]) => {
  expect(await isInhibited(alertmanager, source, target)).toBe(inhibited);
});
