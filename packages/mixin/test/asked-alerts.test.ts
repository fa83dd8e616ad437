import { expect, test } from 'vitest';
import { allAlerts } from '../src/alerts/all-alerts.ts';
import { resolveSpec } from '../src/resolve-spec.ts';
import { specs } from './dashboard-lint/example-dashboards.ts';

const alerts = allAlerts(resolveSpec(specs.classic)).flatMap((area) => area.alerts);
const alertsOf = (name: string, severity?: string) =>
  alerts.filter(
    (alert) => alert.name === name && (severity === undefined || alert.severity === severity),
  );

test('what was asked to be watched is watched', () => {
  const asked = [
    // Users: the service, and each tenant.
    ...['ServiceErrorRatioHigh', 'TenantErrorRatioHigh', 'ServiceLatencyHigh', 'TenantLatencyHigh'],
    ...['TrafficGone', 'ErrorBudgetBurningFast', 'ErrorBudgetBurningSlowly'],
    'TenantErrorBudgetBurning',
    // Processes and machines.
    ...['EventLoopLagHigh', 'HeapNearLimit', 'GarbageCollectionShareHigh', 'ServiceRestarting'],
    ...['HostCpuHigh', 'HostMemoryHigh', 'DiskFilling', 'NodeDown'],
    // Database and cache.
    ...['DatabaseSlow', 'DatabasePoolWaiting', 'PostgresDown'],
    ...['RedisDown', 'CacheHitRatioLow', 'RedisEvictions'],
    // Business.
    ...['OrdersDropped', 'RevenueDropped', 'PaymentDeclineRatioHigh', 'LoginFailuresHigh'],
    ...['ChurnHigh', 'TenantBudgetOverflow'],
    // What is usual, what will be full, and what a deployment changed.
    ...['TrafficDropped', 'TrafficUnusuallyHigh', 'TenantTrafficDropped', 'TenantOrdersDropped'],
    ...['HostMemoryFilling', 'HeapFilling', 'PostgresConnectionsGrowing'],
    ...['PrometheusSeriesGrowing', 'NewVersionFails', 'NewVersionSlow'],
    ...['ContainerMemoryNearLimit', 'ContainerThrottledHigh', 'ContainerRestarting'],
    // The pipeline itself.
    ...['CollectorDown', 'CollectorRefusing', 'CollectorSendFailing', 'CollectorQueueFilling'],
    ...['CollectorQueueFull', 'OtlpRejected', 'SamplesTooOld', 'ServiceSilent'],
    ...['RuleEvaluationFailing', 'NotificationsFailing', 'Watchdog'],
  ];
  expect(asked.filter((name) => alertsOf(name).length === 0)).toEqual([]);
});

test.each([
  ['HostCpuHigh', '> 0.8'],
  ['CollectorQueueFilling', '> 0.6'],
  ['CollectorQueueFull', '> 0.9'],
])('%s compares: %s', (name, level) => {
  expect(`${alertsOf(name)[0]?.expr} `).toContain(`${level} `);
});

test('a processor that is busy for five minutes is told of', () => {
  expect(alertsOf('HostCpuHigh')[0]?.for).toBe('5m');
});

// https://sre.google/workbook/alerting-on-slos/#6-multiwindow-multi-burn-rate-alerts
test.each([
  ['ErrorBudgetBurningFast', 'critical', ['14.4 1h', '14.4 5m', '6 6h', '6 30m']],
  ['ErrorBudgetBurningSlowly', 'warning', ['3 1d', '3 2h', '1 3d', '1 6h']],
  ['TenantErrorBudgetBurning', 'warning', ['14.4 1h', '14.4 5m', '6 6h', '6 30m']],
  ['TenantErrorBudgetBurning', 'info', ['3 1d', '3 2h', '1 3d', '1 6h']],
])('%s (%s) compares the pace of two windows twice', (name, severity, paces) => {
  const [alert] = alertsOf(name, severity);
  const compared = [
    ...(alert?.expr ?? '').matchAll(
      /ratio_rate(\w+)[^>]*> on \(slo\) group_left \(\) \(([\d.]+) \*/g,
    ),
  ];
  expect(compared.map(([, window, factor]) => `${factor} ${window}`)).toEqual(paces);
});
