import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseChannelPlan, readChannelPlan } from './channel-plan.ts';

const mail = {
  kind: 'email',
  host: 'smtp.example.com',
  from: 'a@example.com',
  to: ['b@example.com'],
};
const all = [{ channels: ['mail'] }];

test('files are found beside the plan, and defaults are safe', () => {
  const channels = { mail: { ...mail, user: 'u', passwordFile: 'password' } };
  const plan = parseChannelPlan({ channels, routes: all }, '/etc/x');
  expect(plan.channels.mail).toMatchObject({
    port: 587,
    tls: 'starttls',
    passwordFile: '/etc/x/password',
  });
  expect(plan.linkOrigins).toEqual([]);
});

test.for<readonly [what: string, plan: unknown, problem: RegExp]>([
  ['no routes', { channels: {} }, /routes/],
  ['a route to nowhere', { channels: {}, routes: all }, /a channel of the list, got mail/],
  [
    'a last route that does not take all',
    { channels: { mail }, routes: [{ severity: ['critical'], channels: ['mail'] }] },
    /the last route to take every alert/,
  ],
  [
    'a password without TLS',
    { channels: { mail: { ...mail, tls: 'none', user: 'u', passwordFile: 'p' } }, routes: all },
    /starttls or implicit where a password is/,
  ],
  [
    'a user without a password',
    { channels: { mail: { ...mail, user: 'u' } }, routes: all },
    /user and passwordFile together/,
  ],
  [
    'an address with a line end',
    { channels: { mail: { ...mail, to: ['a@example.com\r\nBcc: x@example.com'] } }, routes: all },
    /channels.mail.to.0/,
  ],
  [
    'an unknown kind',
    { channels: { mail: { kind: 'pigeon' } }, routes: all },
    /channels.mail.kind/,
  ],
  [
    'a typing error',
    { channels: { mail: { ...mail, pasword: 'x' } }, routes: all },
    /channels.mail: .*pasword/,
  ],
  [
    'a link origin with a path',
    { linkOrigins: ['https://g.example.com/x'], channels: { mail }, routes: all },
    /linkOrigins.0: Expected an origin/,
  ],
])('%s is refused', ([, plan, problem]) => {
  expect(() => parseChannelPlan(plan, '/')).toThrow(problem);
});

test('a file that is away or broken is one clear error', () => {
  expect(() => readChannelPlan('/nowhere/channels.json')).toThrow(/to be a JSON file, got ENOENT/);
});

test('the plan of the guide is a good one', () => {
  const guide = new URL('../../../../docs/guides/notifications.md', import.meta.url);
  const block = /```json\n([\s\S]*?)```/.exec(readFileSync(guide, 'utf8'))?.[1] ?? '';
  expect(Object.keys(parseChannelPlan(JSON.parse(block), '/').channels)).toHaveLength(3);
});
