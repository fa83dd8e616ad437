import { expect, test } from 'vitest';
import { scraped } from '../../metrics/metric.ts';
import { http } from '../../metrics/sdk-metrics.ts';
import { variablesOf } from './variables.ts';

const asked = (...args: Parameters<typeof variablesOf>) =>
  variablesOf(...args).map(({ name, definition, allValue }) => [name, definition, allValue]);
const DURATION = 'http_server_request_duration_seconds';

test('each variable offers what exists within those before it', () => {
  const route = { name: 'route', title: 'Route', label: 'http_route', metric: http.serverDuration };
  const before = 'deployment_environment_name=~"$environment",job=~"$job",instance=~"$instance"';
  expect(asked({ about: [http.serverDuration], variables: [route] }, 'classic')).toEqual([
    ['datasource', undefined, undefined],
    ['environment', `label_values(${DURATION}_count, deployment_environment_name)`, '.*'],
    [
      'job',
      `label_values(${DURATION}_count{deployment_environment_name=~"$environment"}, job)`,
      '.+',
    ],
    [
      'instance',
      `label_values(${DURATION}_count{deployment_environment_name=~"$environment",job=~"$job"}, instance)`,
      '.+',
    ],
    ['tenant', `label_values(${DURATION}_count{${before}}, tenant_id)`, '.*'],
    ['route', `label_values(${DURATION}_count{${before},tenant_id=~"$tenant"}, http_route)`, '.*'],
  ]);
});

test('a native histogram is a series by its own name', () => {
  expect(asked({ about: [http.serverDuration] }, 'native')[1]).toEqual([
    'environment',
    `label_values(${DURATION}, deployment_environment_name)`,
    '.*',
  ]);
});

test('scraped targets have neither environment nor tenant, and several metrics are asked at once', () => {
  const about = ['redis_up', 'pg_up'].map((name) => scraped(name, 'gauge', 'Whether it answers'));
  expect(asked({ about }, 'classic').slice(1)).toEqual([
    ['job', 'label_values({__name__=~"redis_up|pg_up"}, job)', '.+'],
    ['instance', 'label_values({__name__=~"redis_up|pg_up",job=~"$job"}, instance)', '.+'],
  ]);
});
