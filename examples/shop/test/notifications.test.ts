import { Client } from 'pg';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { openDatabase } from '../src/database/database.ts';
import { claimMessage } from '../src/notifications/claim-message.ts';
import { settleFailed, settleSent } from '../src/notifications/settle-message.ts';
import {
  alertWhen,
  type NotificationsUnderTest,
  payloadOf,
  read,
  send,
  startNotificationsUnderTest,
  toldBy,
} from './notifications-under-test.ts';

vi.setConfig({ testTimeout: 120_000 });

let service: NotificationsUnderTest;

beforeAll(async () => {
  service = await startNotificationsUnderTest();
});

afterAll(() => service?.stop());

const critical = {
  fingerprint: 'c0ffee0000000001',
  labels: { alertname: 'HighErrorRatio', service_name: 'shop', tenant_id: 'acme' },
  annotations: {
    summary: 'Errors of shop',
    dashboard_url: 'https://grafana.example.com/d/http?a=1&b=2',
    runbook_url: 'https://evil.example.com/runbook',
  },
};

test('an alert is stored, told on every channel of its route, and again when it is over', async () => {
  const answer = await send(service, '/api/v1/alerts', payloadOf([critical]));
  expect(answer).toMatchObject({ status: 200, body: { stored: 1, repeated: 0, truncated: 0 } });
  const alert = await alertWhen(service, critical.fingerprint, (a) => toldBy(a, 3));
  expect(alert).toMatchObject({
    name: 'HighErrorRatio',
    status: 'firing',
    severity: 'critical',
    service: 'shop',
    tenant: 'acme',
    startsAt: '2026-11-21T08:00:00.123Z',
    endsAt: null,
    resolvedAt: null,
    notifiedAt: expect.any(String),
  });
  expect(alert.notifications).toMatchObject([
    { channel: 'chat', kind: 'slack', state: 'sent', attempts: 1, recipients: [] },
    { channel: 'log', kind: 'log', state: 'sent', attempts: 1 },
    {
      channel: 'mail',
      kind: 'email',
      state: 'sent',
      attempts: 1,
      recipients: ['oncall@example.com', 'boss@example.com'],
      message: { alerts: 1, reference: expect.stringContaining('250') },
    },
  ]);
  const [mail] = service.smtp.mails;
  expect(mail?.to).toEqual(['oncall@example.com', 'boss@example.com']);
  expect(mail?.headers).toContain('Subject: [FIRING 1] HighErrorRatio (shop, acme)');
  expect(mail?.body).toContain('href="https://grafana.example.com/d/http?a=1&amp;b=2"');
  expect(mail?.body).not.toContain('evil.example.com');
  expect(service.chat.texts[0]).toContain('FIRING critical: HighErrorRatio');
  expect(service.chat.texts[0]).not.toContain('evil.example.com');

  const over = { ...critical, status: 'resolved', endsAt: '2026-11-21T08:05:00Z' } as const;
  await send(service, '/api/v1/alerts', payloadOf([over]));
  const ended = await alertWhen(service, critical.fingerprint, (a) => toldBy(a, 6));
  expect(ended).toMatchObject({
    id: alert.id,
    status: 'resolved',
    endsAt: '2026-11-21T08:05:00.000Z',
    resolvedAt: expect.any(String),
    resolvedNotifiedAt: expect.any(String),
    notifiedAt: alert.notifiedAt,
  });
  expect(service.smtp.mails[1]?.headers).toContain('Subject: [RESOLVED 1] HighErrorRatio');
});

test('what is sent again tells nobody again: firing, resolved, and a late copy of firing', async () => {
  const mails = service.smtp.mails.length;
  const over = { ...critical, status: 'resolved', endsAt: '2026-11-21T08:05:00Z' } as const;
  for (const alert of [critical, over, critical]) {
    const { body } = await send(service, '/api/v1/alerts', payloadOf([alert]));
    expect(body).toMatchObject({ stored: 0, repeated: 1 });
  }
  const copies = 20;
  const answers = await Promise.all(
    Array.from({ length: copies }, () =>
      send(service, '/api/v1/alerts', payloadOf([{ fingerprint: 'c0ffee0000000002' }])),
    ),
  );
  expect(answers.filter(({ body }) => body.stored === 1)).toHaveLength(1);
  expect(answers.filter(({ body }) => body.repeated === 1)).toHaveLength(copies - 1);
  const alert = await alertWhen(service, 'c0ffee0000000002', (a) => toldBy(a, 3));
  expect(alert).toMatchObject({ timesReceived: copies });
  expect(alert.notifications).toHaveLength(3);
  expect(service.smtp.mails).toHaveLength(mails + 1);
});

test('the route is chosen by severity and team', async () => {
  const alerts = [
    { fingerprint: 'c0ffee0000000003', labels: { severity: 'warning', team: 'business' } },
    { fingerprint: 'c0ffee0000000004', labels: { severity: '../../chat', team: 'mail' } },
  ];
  await send(service, '/api/v1/alerts', payloadOf(alerts));
  const business = await alertWhen(service, 'c0ffee0000000003', (a) => toldBy(a, 1));
  expect(business.notifications).toMatchObject([{ channel: 'chat' }]);
  const other = await alertWhen(service, 'c0ffee0000000004', (a) => toldBy(a, 1));
  expect(other.notifications).toMatchObject([{ channel: 'log' }]);
});

test('nothing that a label holds becomes a header, markup, a mention or another line', async () => {
  const hostile =
    'x\r\nBcc: thief@example.com\r\n\r\n<script>alert(1)</script> <!channel> <https://evil.example.com|click> @here *b* `c` \u202egnp.exe\u0000 http://evil.example.com';
  await send(
    service,
    '/api/v1/alerts',
    payloadOf([
      {
        fingerprint: 'bad0000000000001',
        labels: { alertname: hostile, service_name: hostile, tenant_id: hostile, to: 'thief@x.y' },
        annotations: { summary: hostile, dashboard_url: 'javascript:alert(1)' },
      },
    ]),
  );
  const alert = await alertWhen(service, 'bad0000000000001', (a) => toldBy(a, 3));
  expect(alert.tenant).toBeNull();
  const mail = service.smtp.mails.at(-1);
  expect(mail?.to).toEqual(['oncall@example.com', 'boss@example.com']);
  expect(mail?.headers).not.toMatch(/^Bcc/im);
  const html = mail?.body.slice(mail.body.indexOf('<!doctype html>'));
  expect(html).toContain('&lt;script&gt;');
  expect(html).not.toMatch(/<script|href=/);
  expect(mail?.body).not.toContain('://evil');
  const text = service.chat.texts.at(-1) ?? '';
  expect(text).not.toMatch(/<|>|@|\*|`|https?:\/\/|\u202e/);
  expect(text.split('\n').filter((line) => /^Bcc/.test(line))).toEqual([]);
  const line = service.program.stdout.split('\n').findLast((text) => text.includes('Bcc')) ?? '';
  expect(JSON.parse(line)).toMatchObject({ msg: 'alert', channel: 'log' });
  expect(line).not.toMatch(/\\u0000|\u202e|:\/\//);
});

test('what was told is counted for the tenant of the alert', async () => {
  const counted = await service.receiver.waitForPoints('messaging.notifications', {
    'tenant.id': 'acme',
    channel: 'email',
    outcome: 'sent',
  });
  expect(counted.map(({ value }) => value)).toEqual([2]);
  for (const channel of ['chat', 'in_app']) {
    await service.receiver.waitForPoints(
      'messaging.notifications',
      { 'tenant.id': 'acme', channel, outcome: 'sent' },
      ([point]) => point?.value === 2,
    );
  }
  const stored = service.receiver.points('notifications.alerts', {
    'tenant.id': 'acme',
    status: 'firing',
  });
  expect(
    Object.fromEntries(stored.map(({ attributes, value }) => [attributes.outcome, value])),
  ).toEqual({ stored: 1, repeated: 2 });
  const [delay] = service.receiver.points('notifications.delay', {
    'tenant.id': 'acme',
    channel: 'email',
  });
  expect(delay?.count).toBe(2);
  await service.receiver.waitForPoints(
    'notifications.pending',
    { channel: 'email' },
    ([point]) => point?.value === 0,
  );
  const [request] = service.receiver.points('http.server.request.duration', {
    'http.route': '/api/v1/alerts',
    'http.request.method': 'POST',
  });
  expect(request?.resource['service.name']).toBe('notifications');
});

test('the address of the webhook is in no span, log or answer', async () => {
  await service.receiver.waitForSpans({}, 1);
  const everything = [
    JSON.stringify(service.receiver.spans(), (_, v) => (typeof v === 'bigint' ? `${v}` : v)),
    service.program.stdout,
    service.program.stderr,
    JSON.stringify((await read(service, '/api/v1/alerts?limit=200')).body),
    JSON.stringify((await read(service, '/api/v1/channels')).body),
  ];
  for (const text of everything) expect(text).not.toContain('s3cret-of-the-hook');
});

test('alerts are filtered and paged, newest first', async () => {
  const all = await read(service, '/api/v1/alerts');
  const ids = all.body.alerts.map(({ id }) => id);
  expect(ids).toHaveLength(5);
  const first = await read(service, '/api/v1/alerts?limit=3');
  const second = await read(service, `/api/v1/alerts?limit=3&after=${first.body.next}`);
  const paged = [...first.body.alerts, ...second.body.alerts].map(({ id }) => id);
  expect(paged).toEqual(ids);
  expect(second.body.next).toBeNull();
  for (const [query, count] of [
    ['status=resolved', 1],
    ['service=shop', 1],
    ['tenant=acme', 1],
    ['name=HighErrorRatio', 1],
    ['severity=warning', 1],
    ['since=2100-01-01T00:00:00Z', 0],
  ] as const) {
    expect((await read(service, `/api/v1/alerts?${query}`)).body.alerts, query).toHaveLength(count);
  }
  const one = await read(service, `/api/v1/alerts/${ids[0]}`);
  expect(one.body).toEqual(all.body.alerts[0]);
});

test('health and identity are there for everyone', async () => {
  for (const path of ['/health', '/healthz']) {
    expect(await (await fetch(`${service.address}${path}`)).json()).toMatchObject({ status: 'up' });
  }
  expect(await (await fetch(`${service.address}/info`)).json()).toMatchObject({
    service: 'notifications',
    node: expect.stringMatching(/^v/),
  });
});

test('what still fires is told again after a time, and what was over too; nothing is told twice before', async () => {
  const fingerprint = 'c0ffee0000000009';
  const firing = payloadOf([{ fingerprint, labels: { severity: 'info' } }]);
  const over = payloadOf([{ fingerprint, labels: { severity: 'info' }, status: 'resolved' }]);
  const stored = async (payload: unknown) =>
    (await send(service, '/api/v1/alerts', payload)).body.stored;
  const shift = async (column: 'told_at' | 'resolved_at', by: string) => {
    const client = new Client({ connectionString: service.databaseUrl });
    await client.connect();
    await client.query(
      `UPDATE alerts SET ${column} = now() - $1::interval WHERE fingerprint = $2`,
      [by, fingerprint],
    );
    await client.end();
  };
  expect(await stored(firing)).toBe(1);
  await shift('told_at', '44 minutes');
  expect(await stored(firing)).toBe(0);
  await shift('told_at', '46 minutes');
  expect(await stored(firing)).toBe(1);
  expect(await stored(over)).toBe(1);
  await shift('resolved_at', '30 seconds');
  expect(await stored(firing)).toBe(0);
  // A group_interval of a minute after its end, and a moment less by the clock of the database.
  await shift('resolved_at', '59 seconds');
  expect(await stored(firing)).toBe(1);
  const alert = await alertWhen(service, fingerprint, (a) => toldBy(a, 4));
  expect(alert).toMatchObject({ status: 'firing', resolvedAt: null, endsAt: null });
  expect(alert.notifications.map(({ event }) => event)).toEqual([
    'firing',
    'firing',
    'resolved',
    'firing',
  ]);
});

test('an alert that the other side refuses is soon alone, and all others are told', async () => {
  const database = openDatabase(service.databaseUrl, 3);
  onTestFinished(() => database.$disconnect());
  // A channel that the service does not know, so that nobody else takes what is for it.
  const channel = 'refusing';
  await database.channel.create({ data: { name: channel } });
  const fingerprints = Array.from({ length: 12 }, (_, index) => `badbad00000000${10 + index}`);
  const poison = fingerprints[4];
  for (const fingerprint of fingerprints) {
    const labels = { severity: 'info' };
    await send(service, '/api/v1/alerts', payloadOf([{ fingerprint, labels }], fingerprint));
  }
  const alerts = await database.alert.findMany({ where: { fingerprint: { in: fingerprints } } });
  await database.notification.createMany({
    data: alerts.map(({ id, groupKey }) => ({
      ...{ alertId: id, groupKey, channel, sequence: 1, event: 'firing', kind: 'log', urgency: 2 },
      expiresAt: new Date(Date.now() + 3_600_000),
    })),
  });
  const told: string[] = [];
  for (let message = 0; message < 10; message += 1) {
    const limits = { leaseSeconds: 60, messagesPerMinute: 20 };
    const claimed = await claimMessage(database, channel, limits);
    if (claimed === undefined) break;
    const inside = claimed.notifications.map(({ fingerprint }) => fingerprint);
    if (inside.length === 1 && inside[0] === poison) continue;
    if (inside.includes(poison ?? '')) {
      const no = { outcome: 'failed', scope: 'message', error: 'no' } as const;
      await settleFailed(database, channel, claimed, no, () => 0);
    } else {
      told.push(...inside);
      const yes = { outcome: 'sent', recipients: [], reference: undefined } as const;
      await settleSent(database, channel, claimed, yes);
    }
  }
  expect(told.sort()).toEqual(fingerprints.filter((fingerprint) => fingerprint !== poison));
});
