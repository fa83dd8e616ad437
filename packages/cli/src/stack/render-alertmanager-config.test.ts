import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { stackFiles } from '../stack-files.ts';
import { type AlertmanagerHere, renderAlertmanagerConfig } from './render-alertmanager-config.ts';

const committed = readFileSync(stackFiles().alertmanagerConfig, 'utf8');
const render = (here: Partial<AlertmanagerHere> = {}) => {
  const { text, leftOut } = renderAlertmanagerConfig(committed, {
    templatesFolder: '/t',
    secretsFolder: '/s',
    hasFile: () => false,
    ...here,
  });
  return { config: parse(text), leftOut };
};
const notifications = { url: 'http://127.0.0.1:7/', tokenFile: '/token' };

test('without a notification service and secrets every receiver is there, and none tells anybody', () => {
  const { config, leftOut } = render();
  const { route, inhibit_rules, receivers } = parse(committed);
  expect(config).toEqual({
    templates: ['/t/*.tmpl'],
    route,
    inhibit_rules,
    receivers: receivers.map(({ name }: { name: string }) => ({ name })),
  });
  expect(leftOut).toEqual(['email', 'notification service', 'pagerduty', 'slack']);
});

test('databases without the label are those of the environment that is named', () => {
  const targets = ({ config }: ReturnType<typeof render>) =>
    config.inhibit_rules
      .filter(({ name }: { name: string }) => name.endsWith('-unlabelled'))
      .map(({ target_matchers }: { target_matchers: string[] }) => target_matchers.at(-1));
  const all = 'deployment_environment_name=~".*"';
  const silence = expect.stringContaining('ServiceSilent');
  expect(targets(render())).toEqual([all, all, all, all, all, all, silence]);
  const own = 'deployment_environment_name="a \\"b\\" c"';
  expect(targets(render({ environment: 'a "b" c' }))).toEqual([...Array(6).fill(own), silence]);
});

test('the notification service is where it is said to be, with that token', () => {
  const { config, leftOut } = render({ notifications });
  const hooks = config.receivers.flatMap(
    ({ webhook_configs = [] }: { webhook_configs?: object[] }) => webhook_configs,
  );
  expect(hooks).toHaveLength(8);
  expect([...new Set(hooks.map(({ url }: { url: string }) => url))]).toEqual([
    'http://127.0.0.1:7/api/v1/alerts',
    'http://127.0.0.1:7/api/v1/heartbeat',
  ]);
  for (const { http_config } of hooks)
    expect(http_config.authorization).toEqual({ type: 'Bearer', credentials_file: '/token' });
  expect(leftOut).toEqual(['email', 'pagerduty', 'slack']);
});

test('an integration is in it when its secret is', () => {
  const { config, leftOut } = render({ hasFile: (path) => path === '/s/slack-webhook-url' });
  const page = config.receivers.find(({ name }: { name: string }) => name === 'page-service');
  expect(Object.keys(page)).toEqual(['name', 'slack_configs']);
  expect(page.slack_configs[0].api_url_file).toBe('/s/slack-webhook-url');
  expect(leftOut).toEqual(['email', 'notification service', 'pagerduty']);
});

test('timing replaces what a route says itself and leaves the rest to inherit', () => {
  const { config } = render({
    timing: { groupWait: '1s', groupInterval: '2s', heartbeatInterval: '3s' },
  });
  const [heartbeat, page, ticket] = config.route.routes;
  expect(config.route).toMatchObject({
    group_wait: '1s',
    group_interval: '2s',
    repeat_interval: '12h',
  });
  expect(heartbeat).toMatchObject({
    group_wait: '0s',
    group_interval: '3s',
    repeat_interval: '1ms',
  });
  expect(page).toMatchObject({ group_wait: '1s', group_interval: '2s', repeat_interval: '1h' });
  expect(ticket).not.toHaveProperty('group_wait');
});

test('no address or channel is taken from a label, and every secret is in a file', () => {
  const { receivers } = parse(committed);
  const address = /^(url|api_url|to|from|smarthost|channel|username|auth_username|.+_file)$/;
  const secret =
    /^(api_url|auth_password|auth_secret|routing_key|service_key|credentials|password)$/;
  const fields: [string, unknown][] = [];
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, field] of Object.entries(value)) {
      fields.push([key, field]);
      walk(field);
    }
  };
  walk(receivers);
  const named = fields.filter(([key]) => address.test(key));
  expect(named.length).toBeGreaterThan(20);
  for (const [key, value] of named) expect(value, key).not.toMatch(/\{\{/);
  expect(fields.filter(([key]) => secret.test(key))).toEqual([]);
});
