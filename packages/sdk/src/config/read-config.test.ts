import { expect, test } from 'vitest';
import { formatProblem } from './problem.ts';
import { readConfig } from './read-config.ts';

test('unset and empty variables give the defaults', () => {
  const { config, problems } = readConfig({ BELLWETHER_FLUSH_TIMEOUT: ' ' });
  expect(problems).toEqual([]);
  expect(config).toMatchObject({
    enabled: true,
    flushTimeoutMs: 2_000,
    tenantBudget: 200,
    metricsPort: undefined,
  });
  expect(Object.isFrozen(config)).toBe(true);
});

test('every type is read', () => {
  const { config, problems } = readConfig({
    BELLWETHER_ENABLED: 'FALSE',
    BELLWETHER_TENANT_BUDGET: '7',
    BELLWETHER_METRICS_PORT: '0',
    BELLWETHER_METRICS_HOST: '::1',
    BELLWETHER_BAGGAGE_HOSTS: 'api:8080, ,billing',
    BELLWETHER_TENANT_PATTERN: '^t-\\d+$',
  });
  expect(problems).toEqual([]);
  expect(config).toMatchObject({
    enabled: false,
    tenantBudget: 7,
    metricsPort: 0,
    metricsHost: '::1',
    baggageHosts: ['api:8080', 'billing'],
    tenantPattern: /^t-\d+$/,
  });
});

test('what code says wins', () => {
  const { config } = readConfig({ BELLWETHER_TENANT_BUDGET: '7' }, { tenantBudget: 9 });
  expect(config.tenantBudget).toBe(9);
});

test.each([
  ['BELLWETHER_ENABLED', 'yes', 'true or false', 'true is used'],
  ['BELLWETHER_FLUSH_TIMEOUT', '2s', 'an integer from 0 to 60000 (ms)', '2000 is used'],
  ['BELLWETHER_TENANT_BUDGET', '-1', 'an integer from 1 to 10000 ({tenant})', '200 is used'],
  ['BELLWETHER_METRICS_PORT', '70000', 'an integer from 0 to 65535', 'it counts as unset'],
  ['BELLWETHER_TENANT_PATTERN', '(', 'a JavaScript regular expression', '/^[A-Za-z0-9]'],
])('%s=%s stops nothing', (variable, value, expected, instead) => {
  const { problems } = readConfig({ [variable]: value });
  expect(problems).toHaveLength(1);
  const line = problems.map(formatProblem).join();
  for (const part of [variable, JSON.stringify(value), expected, instead]) {
    expect(line).toContain(part);
  }
});

test('all problems come together', () => {
  const env = { BELLWETHER_ENABLED: '1', BELLWETHER_TENANT_IDLE: 'long', BELLWETHER_PREAMBLE: '' };
  expect(readConfig(env).problems.map(({ variable }) => variable)).toEqual([
    'BELLWETHER_ENABLED',
    'BELLWETHER_TENANT_IDLE',
  ]);
});
