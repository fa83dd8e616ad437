import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { pollUntil } from '@bellwether/testkit';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import {
  type NotificationsUnderTest,
  payloadOf,
  read,
  readToken,
  send,
  startNotificationsUnderTest,
  token,
} from './notifications-under-test.ts';

vi.setConfig({ testTimeout: 120_000 });

let service: NotificationsUnderTest;
const bodyLimit = 16 * 1_048_576;

beforeAll(async () => {
  service = await startNotificationsUnderTest({
    NOTIFICATIONS_BODY_LIMIT_BYTES: String(bodyLimit),
  });
});

afterAll(() => service?.stop());

const fine = payloadOf([{ fingerprint: 'f00d000000000001' }]);
const wrong = (change: object) => JSON.stringify({ ...fine, ...change });
const wrongAlert = (change: object) => wrong({ alerts: [{ ...fine.alerts[0], ...change }] });

test.for<readonly [what: string, body: string | undefined, status: number, texts: string[]]>([
  ['a truncated body', JSON.stringify(fine).slice(0, -40), 400, ['broken_json', 'ends too early']],
  ['no body', undefined, 422, ['invalid']],
  ['no JSON', 'alert!', 400, ['broken_json', 'got broken JSON']],
  [
    'an unknown version',
    wrong({ version: '5' }),
    422,
    ['unknown_version', 'to be \\"4\\", got \\"5\\"'],
  ],
  ['a version of another type', wrong({ version: 4 }), 422, ['unknown_version', 'got 4;']],
  ['no version', '{}', 422, ['unknown_version', 'got none']],
  ['a list', '[]', 422, ['unknown_version']],
  ['alerts that are none', wrong({ alerts: 'many' }), 422, ['alerts', 'array']],
  ['labels of a wrong type', wrongAlert({ labels: { a: 1 } }), 422, ['alerts.0.labels.a']],
  ['a status that is none', wrongAlert({ status: 'pending' }), 422, ['alerts.0.status']],
  ['a start that is no time', wrongAlert({ startsAt: 'now' }), 422, ['alerts.0.startsAt']],
  [
    'a day that does not exist',
    wrongAlert({ startsAt: '2026-02-31T00:00:00Z' }),
    422,
    ['startsAt'],
  ],
  ['a fingerprint that is none', wrongAlert({ fingerprint: '../x' }), 422, ['hexadecimal']],
])('%s is answered clearly and stores nothing', async ([, body, status, texts]) => {
  const answer = await send(service, '/api/v1/alerts', body);
  expect(answer.status).toBe(status);
  for (const text of texts) expect(JSON.stringify(answer.body)).toContain(text);
  expect((await read(service, '/api/v1/alerts')).body.alerts).toEqual([]);
});

test('one wrong alert among good ones: all or nothing, and few words', async () => {
  const alerts = Array.from({ length: 1_000 }, (_, index) => ({ fingerprint: `a${index}` }));
  const body = payloadOf(alerts);
  const bad = { ...body, alerts: body.alerts.map((alert) => ({ ...alert, status: 'x' })) };
  const answer = await send(service, '/api/v1/alerts', {
    ...body,
    alerts: [...body.alerts, bad.alerts[0]],
  });
  expect(answer).toMatchObject({ status: 422, body: { error: { code: 'invalid' } } });
  const many = await send(service, '/api/v1/alerts', bad);
  expect(many.body.error.issues).toHaveLength(20);
  expect(JSON.stringify(many.body).length).toBeLessThan(5_000);
  expect((await read(service, '/api/v1/alerts')).body.alerts).toEqual([]);
});

test.for<readonly [what: string, authorization: string]>([
  ['no token', ''],
  ['another token', `Bearer ${token}x`],
  ['the token of the readers', `Bearer ${readToken}`],
  ['another scheme', `Basic ${btoa(`x:${token}`)}`],
  ['a token of 10 kB', `Bearer ${'x'.repeat(10_000)}`],
])('%s: 401 on both webhooks, and the answer has no token', async ([, authorization]) => {
  for (const path of ['/api/v1/alerts', '/api/v1/heartbeat']) {
    const answer = await send(service, path, fine, { authorization });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toContain('Bearer');
    expect(JSON.stringify(answer.body)).not.toContain(token);
  }
});

test('the token of the webhook does not read, and nobody reads without one', async () => {
  for (const path of ['/api/v1/alerts', '/api/v1/alerts/x', '/api/v1/channels']) {
    expect((await read(service, path, token)).status).toBe(401);
  }
});

test.for<readonly [query: string, status: number]>([
  ['/api/v1/alerts?status=maybe', 422],
  ['/api/v1/alerts?since=yesterday', 422],
  ['/api/v1/alerts?limit=1000', 422],
  ['/api/v1/alerts?after=1', 422],
  ['/api/v1/alerts?name=%00', 422],
  ['/api/v1/alerts?status=firing&status=resolved', 422],
  ['/api/v1/alerts/%ff', 400],
  ['/api/v1/alerts/nothing', 404],
  ['/api/v1/alerts/00000000-0000-4000-8000-000000000000', 404],
  ['/api/v1/nothing', 404],
])('%s is answered with %i', async ([path, status]) => {
  expect((await read(service, path)).status).toBe(status);
});

test('a rotated token is read again; both are good while both are in the file', async () => {
  const next = 'the-next-token-of-these-tests';
  const as = (text: string) => ({ authorization: `Bearer ${text}` });
  const status = async (text: string) =>
    (await send(service, '/api/v1/alerts', '{}', as(text))).status;
  expect(await status(next)).toBe(401);
  writeFileSync(service.tokenFile, `${next}\n${token}\n`);
  await pollUntil(async () => (await status(next)) === 422, { message: 'the new token' });
  expect(await status(token)).toBe(422);
  writeFileSync(service.tokenFile, `${next}\n`);
  await pollUntil(async () => (await status(token)) === 401, { message: 'the end of the old one' });
  writeFileSync(service.tokenFile, `${token}\n`);
  await pollUntil(async () => (await status(token)) === 422, { message: 'the token of the tests' });
});

test('a body above the limit: 413 that says the limit and the way out', async () => {
  const answer = await send(service, '/api/v1/alerts', `"${'x'.repeat(bodyLimit)}"`);
  expect(answer).toMatchObject({ status: 413, body: { error: { code: 'too_large' } } });
  expect(answer.body.error.message).toMatch(/16777216 bytes.*max_alerts/);
});

test('a sender that goes away in the middle of its body leaves nothing and harms nobody', async () => {
  const { hostname, port } = new URL(service.address);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  const body = JSON.stringify(fine);
  socket.write(
    `POST /api/v1/alerts HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 100)}`,
  );
  socket.destroySoon();
  await pollUntil(
    () =>
      service.receiver
        .points('notifications.webhooks.refused', { reason: 'unreadable' })
        .some(({ value = 0 }) => value >= 3),
    { message: 'the cut webhook to be counted' },
  );
  expect((await read(service, '/api/v1/alerts')).body.alerts).toEqual([]);
});

test('a heartbeat: nothing, a payload, but not one in which nothing fires', async () => {
  const beat = async (body?: unknown) => (await send(service, '/api/v1/heartbeat', body)).body;
  expect(await beat()).toEqual({ counted: true });
  expect(await beat(fine)).toEqual({ counted: true });
  const over = payloadOf([{ fingerprint: 'f00d', status: 'resolved' }]);
  expect(await beat(over)).toEqual({ counted: false });
  expect((await send(service, '/api/v1/heartbeat', '{"version":"9"}')).status).toBe(422);
});

test('10,000 alerts at once are stored, told in one message a channel, and known when they come again', async () => {
  const alerts = Array.from({ length: 10_000 }, (_, index) => ({
    fingerprint: `10000${index.toString(16)}`,
    labels: {
      alertname: `Alert${index % 4}`,
      service_name: `service-${index % 100}`,
      tenant_id: `tenant-${index % 50}`,
      instance: `01890a5d-ac96-774b-bcce-b302099a${index}`,
      job: 'shop/shop',
    },
    annotations: {
      summary: `Something is wrong with instance ${index}`,
      description: 'A description as long as such descriptions are. '.repeat(6),
      dashboard_url: 'https://grafana.example.com/d/http',
      runbook_url: 'https://grafana.example.com/runbooks/Alert',
    },
  }));
  const body = JSON.stringify(payloadOf(alerts));
  const began = performance.now();
  const answer = await send(service, '/api/v1/alerts', body);
  const storedMs = performance.now() - began;
  expect(answer.body).toEqual({ stored: 10_000, repeated: 0, truncated: 0 });
  const channels = await pollUntil(
    async () => {
      const answer = await read(service, '/api/v1/channels');
      const waiting = answer.body.channels.map(({ pending }) => pending);
      return waiting.every((pending: number) => pending === 0) && answer.body.channels;
    },
    { timeoutMs: 60_000, message: 'the outbox to be empty' },
  );
  const toldMs = performance.now() - began;
  expect(channels).toHaveLength(3);
  expect(service.smtp.mails).toHaveLength(1);
  expect(service.chat.texts).toHaveLength(1);
  expect(service.smtp.mails[0]?.headers).toContain('[FIRING 10000] Alert0, Alert1, Alert2');
  expect(service.smtp.mails[0]?.body).toMatch(/249\d x Alert/);
  const again = performance.now();
  const second = await send(service, '/api/v1/alerts', body);
  const againMs = performance.now() - again;
  expect(second.body).toEqual({ stored: 0, repeated: 10_000, truncated: 0 });
  console.log(
    `10,000 alerts, ${(body.length / 1e6).toFixed(1)} MB: stored in ${storedMs.toFixed(0)} ms, told on 3 channels in ${toldMs.toFixed(0)} ms, sent again in ${againMs.toFixed(0)} ms`,
  );
  await service.receiver.waitForPoints(
    'messaging.notifications',
    { channel: 'email', outcome: 'sent' },
    (points) => points.reduce((sum, { value = 0 }) => sum + value, 0) === 10_000,
  );
});

test('what was refused is counted by its reason', async () => {
  const reasons = new Map(
    service.receiver
      .points('notifications.webhooks.refused')
      .map(({ attributes, value }) => [attributes.reason, value ?? 0]),
  );
  const counted = [...reasons].filter(([, value]) => value > 0).map(([reason]) => reason);
  expect(counted.sort()).toEqual(['invalid', 'too_large', 'unauthorized', 'unreadable']);
});

test('hundreds of groups at once stay below the limit of messages', async () => {
  const before = service.smtp.mails.length;
  let tries = 0;
  const deliver = async (index: number): Promise<void> => {
    const group = payloadOf([{ fingerprint: `9999${index.toString(16)}` }], `{}:{n="${index}"}`);
    tries += 1;
    const { status, body } = await send(service, '/api/v1/alerts', group);
    // As Alertmanager does: again after 503, and only then.
    if (status === 503) return deliver(index);
    expect(body).toMatchObject({ stored: 1 });
  };
  await Promise.all(Array.from({ length: 300 }, (_, index) => deliver(index)));
  await pollUntil(
    async () => {
      const { body } = await read(service, '/api/v1/channels');
      return body.channels.every(({ pending }) => pending === 0);
    },
    { timeoutMs: 60_000, message: 'the outbox to be empty' },
  );
  const mails = service.smtp.mails.length - before;
  expect(mails).toBeLessThanOrEqual(20);
  console.log(`300 webhooks at once: ${tries} requests, ${mails} mails`);
});
