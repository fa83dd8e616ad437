import { afterAll, expect, test } from 'vitest';
import type { AuditEntry, NewAuditEntry } from '../src/index.ts';
import { startAdminApp, superAdmin } from './support/admin-app.ts';
import { json, startHostileServer } from './support/hostile-server.ts';

const entries: NewAuditEntry[] = [];
const alertmanager = await startHostileServer(json(200, { silenceID: 'a1' }));
const appTrusting = (proxies: string | false) =>
  startAdminApp(
    {
      prometheus: { url: 'http://127.0.0.1:1' },
      alertmanager: { url: alertmanager.url },
      audit: {
        append: async (entry) => {
          entries.push(entry);
        },
        list: async (): Promise<AuditEntry[]> => [],
      },
    },
    '/admin/monitoring',
    proxies,
  );
const apps = {
  nobody: await appTrusting(false),
  'another machine': await appTrusting('192.0.2.1'),
  'this machine': await appTrusting('loopback'),
};
afterAll(() => Promise.all([...Object.values(apps), alertmanager].map((one) => one.stop())));

const body = JSON.stringify({
  matchers: [{ name: 'alertname', value: 'TrafficGone' }],
  minutes: 5,
  comment: 'a test',
});
const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'shop.example' };

test.each([
  ['nobody', 'https://shop.example', forwarded, 403],
  ['another machine', 'https://shop.example', forwarded, 403],
  ['this machine', 'https://shop.example', forwarded, 201],
  ['this machine', 'https://evil.example', forwarded, 403],
  ['this machine', 'http://shop.example', forwarded, 403],
  ['this machine', 'https://shop.example', {}, 403],
  ['this machine', 'its own', {}, 201],
  ['nobody', 'its own', {}, 201],
  ['nobody', 'its own', forwarded, 201],
] as const)(
  'an app that trusts %s, a page of %s, told %j: %d',
  async (trusting, origin, headers, status) => {
    const app = apps[trusting];
    const before = entries.length;
    const response = await app.ask('api/silences', superAdmin, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-bellwether-admin': '1',
        ...headers,
        origin: origin === 'its own' ? app.origin : origin,
      },
      body,
    });
    expect(response.status).toBe(status);
    expect(entries.length - before).toBe(status === 201 ? 2 : 0);
  },
);
