import { expect, test } from 'vitest';
import { logOnly, parseChannelPlan } from './channel-plan.ts';
import { routeAlert } from './route-alert.ts';

const plan = parseChannelPlan(
  {
    channels: { log: { kind: 'log' }, chat: { kind: 'slack', urlFile: 'chat-url' } },
    routes: [
      { severity: ['critical'], team: ['platform', 'service'], channels: ['chat', 'log', 'chat'] },
      { team: ['business'], channels: ['chat'] },
      { channels: ['log'] },
    ],
  },
  '/etc/notifications',
);

test.for<readonly [severity: string, team: string, channels: string[]]>([
  ['critical', 'service', ['chat', 'log']],
  ['critical', 'business', ['chat']],
  ['warning', 'service', ['log']],
  ['', '', ['log']],
  ['__proto__', 'constructor', ['log']],
])('%s of %s goes to %j', ([severity, team, channels]) => {
  expect(routeAlert(plan, { severity, team })).toEqual(channels);
});

test('without a plan all goes to the log', () => {
  expect(routeAlert(logOnly, { severity: 'critical', team: 'x' })).toEqual(['log']);
});
