import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type AlertmanagerUnderTest,
  type Labels,
  startAlertmanager,
} from './alertmanager-under-test.ts';
import { isInhibited } from './is-inhibited.ts';

const production = { deployment_environment_name: 'production' };
const staging = { deployment_environment_name: 'staging' };
const shop = { ...production, job: 'bellwether/shop', service_name: 'shop' };
const disk = { job: 'node-exporter', instance: 'n:9100', device: '/dev/vda1', mountpoint: '/' };
const critical = { severity: 'critical' };
const warning = { severity: 'warning' };

let alertmanager: AlertmanagerUnderTest;
/** Told which environment its databases serve. */
let ofProduction: AlertmanagerUnderTest;

beforeAll(async () => {
  const nowhere = '127.0.0.1:9';
  const settings = {
    sink: `http://${nowhere}`,
    smarthost: nowhere,
    timing: { groupWait: '1h' },
  };
  [alertmanager, ofProduction] = await Promise.all([
    startAlertmanager(settings),
    startAlertmanager({ ...settings, environment: 'production' }),
  ]);
}, 600_000);
afterAll(() => Promise.all([alertmanager?.stop(), ofProduction?.stop()]));

test.for<readonly [what: string, source: Labels, target: Labels, inhibited: boolean]>([
  ...(['PostgresDown', 'RedisDown', 'MysqlDown'] as const).flatMap((alertname) => {
    const system = { PostgresDown: 'postgresql', RedisDown: 'redis', MysqlDown: 'mariadb' };
    const down = { alertname, job: 'of-a-database', instance: 'p', ...critical };
    const errors = {
      alertname: 'DatabaseErrorRatioHigh',
      ...shop,
      db_system_name: system[alertname],
      ...warning,
    };
    return [
      [`${alertname} of production over its errors`, { ...down, ...production }, errors, true],
      [
        `${alertname} of production says nothing about staging`,
        { ...down, ...production },
        { ...errors, ...staging },
        false,
      ],
      [`${alertname} of staging nothing about production`, { ...down, ...staging }, errors, false],
    ] as const;
  }),
  [
    'PostgreSQL down of staging says nothing about latency in production',
    { alertname: 'PostgresDown', job: 'p', instance: 'p', ...staging, ...critical },
    { alertname: 'ServiceLatencyHigh', ...shop, ...critical },
    false,
  ],
  [
    'PostgreSQL down over its own connections, as both have the label of the target',
    { alertname: 'PostgresDown', job: 'p', instance: 'p', ...staging, ...critical },
    { alertname: 'PostgresConnectionsHigh', job: 'p', instance: 'p', ...staging, ...warning },
    true,
  ],
  [
    'not the disk of the same name in another environment',
    { alertname: 'DiskFull', ...disk, ...staging, ...critical },
    { alertname: 'DiskFilling', ...disk, ...production, ...warning },
    false,
  ],
  [
    'the Collector of production over silence there',
    { alertname: 'CollectorDown', job: 'otel-collector', ...production, ...critical },
    { alertname: 'ServiceSilent', ...shop, ...critical },
    true,
  ],
  [
    'the Collector of staging says nothing about silence in production',
    { alertname: 'CollectorDown', job: 'otel-collector', ...staging, ...critical },
    { alertname: 'ServiceSilent', ...shop, ...critical },
    false,
  ],
])('%s', async ([, source, target, inhibited]) => {
  expect(await isInhibited(alertmanager, source, target)).toBe(inhibited);
});

test.for<readonly [what: string, target: Labels, inhibited: boolean]>([
  ['over latency in that environment', { alertname: 'ServiceLatencyHigh', ...shop }, true],
  ['not in another', { alertname: 'ServiceLatencyHigh', ...shop, ...staging }, false],
  ['over what has no label either', { alertname: 'PostgresConnectionsHigh', job: 'p' }, true],
])('where the environment of the databases is named: %s', async ([, target, inhibited]) => {
  const source = { alertname: 'PostgresDown', job: 'p', instance: 'p', ...critical };
  expect(await isInhibited(ofProduction, source, { ...target, ...warning })).toBe(inhibited);
});
