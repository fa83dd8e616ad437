import { expect, test } from 'vitest';
import { configInCode } from './config-in-code.ts';
import { formatProblem } from './problem.ts';
import type { SdkConfig } from './sdk-config.ts';

test('what can be used is taken as it is', () => {
  const given: Partial<SdkConfig> = {
    enabled: false,
    flushTimeoutMs: 0,
    metricsHost: '::1',
    countryHeader: 'cf-ipcountry',
    baggageHosts: ['api'],
    tenantPattern: /^t-\d+$/,
    metricsPort: undefined,
  };
  const { config, problems } = configInCode(given);
  expect(problems).toEqual([]);
  expect(config).toEqual(given);
});

test.each([
  ['enabled', 'false', 'true or false, got "false"; BELLWETHER_ENABLED or its default is used'],
  ['flushTimeoutMs', Number.NaN, 'an integer from 0 to 60000 (ms), got "NaN"'],
  ['tenantBudget', '5', 'an integer from 1 to 10000 ({tenant}), got "5"'],
  ['metricsPort', 70_000, 'an integer from 0 to 65535, got "70000"'],
  ['metricsHost', 5, 'a text, got "5"'],
  ['countryHeader', 'a b', 'a name that HTTP allows, got "a b"'],
  ['baggageHosts', 'api', 'a list of texts, got "api"'],
  ['tenantAllowList', 's3cret', 'a list of texts, got "[redacted]"'],
  ['tenantPattern', '(', 'a regular expression, got "("'],
])('%s: %s is one line', (key, value, said) => {
  const { config, problems } = configInCode({ [key]: value });
  expect(config).toEqual({});
  expect(problems.map(formatProblem).join()).toContain(`Expected config.${key} to be ${said}`);
});
