import { expect, test } from 'vitest';
import { integrationsOf, isRoute, type Route, receiversOf } from './alert-route.ts';

const route: Route = {
  receiver: 'all',
  routes: [
    { matchers: ['alertname="Watchdog"'], receiver: 'heartbeat' },
    {
      matchers: ['severity=~"page|critical"'],
      continue: true,
      receiver: 'pager',
      routes: [{ matchers: ['team = a'], receiver: 'pager-a' }],
    },
    { match: { severity: 'critical' }, match_re: { team: 'b.*' } },
    { matchers: ['severity!="none"', 'team!~"x.*"'], receiver: 'desk' },
  ],
};

test.each([
  [{ alertname: 'Watchdog', severity: 'critical' }, ['heartbeat']],
  [{ severity: 'critical', team: 'a' }, ['pager-a', 'desk']],
  [{ severity: 'page' }, ['pager', 'desk']],
  [{ severity: 'critical', team: 'bb' }, ['pager', 'all']],
  [{ severity: 'none' }, ['all']],
  [{ severity: 'info', team: 'xy' }, ['all']],
])('%o goes to %o', (labels, receivers) => {
  expect(receiversOf(route, labels)).toEqual(receivers);
});

test('a pattern that is none matches nothing', () => {
  expect(
    receiversOf({ receiver: 'r', routes: [{ matchers: ['a=~"("'], receiver: 'x' }] }, {}),
  ).toEqual(['r']);
});

test('integrations by kind; an empty list is none', () => {
  expect(integrationsOf({ name: 'r', webhook_configs: [{}], email_configs: [] })).toEqual([
    'webhook',
  ]);
  expect(integrationsOf(undefined)).toEqual([]);
});

test('what is no route', () => {
  expect(isRoute(route)).toBe(true);
  expect([null, [], { routes: 7 }, { matchers: [1] }].some((value) => isRoute(value))).toBe(false);
});
