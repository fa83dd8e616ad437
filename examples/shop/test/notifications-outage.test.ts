import { pollUntil } from '@bellwether/testkit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  alertWhen,
  type NotificationsUnderTest,
  payloadOf,
  read,
  send,
  startNotificationsUnderTest,
  toldBy,
} from './notifications-under-test.ts';
import { startSmtpInbox } from './smtp-inbox.ts';

vi.setConfig({ testTimeout: 120_000 });

let service: NotificationsUnderTest;

beforeEach(async () => {
  service = await startNotificationsUnderTest();
});

afterEach(() => service?.stop());

const fingerprint = 'd0d0000000000001';

test('SMTP is down and comes back: nothing is lost, other channels are not held up, one mail tells all', async () => {
  const { port } = service.smtp;
  await service.smtp.stop();
  await send(service, '/api/v1/alerts', payloadOf([{ fingerprint }]));
  const tried = await alertWhen(service, fingerprint, (a) =>
    a.notifications.some(({ attempts }) => attempts >= 3),
  );
  expect(toldBy(tried, 2)).toBe(true);
  const mail = tried.notifications.find(({ channel }) => channel === 'mail');
  expect(mail).toMatchObject({ state: 'pending', sentAt: null });
  expect(mail?.lastError).toMatch(/^Expected SMTP to take the mail, got E(SOCKET|CONN)/);
  const over = payloadOf([{ fingerprint, status: 'resolved', endsAt: '2026-11-21T08:01:00Z' }]);
  await send(service, '/api/v1/alerts', over);
  const channels = (await read(service, '/api/v1/channels')).body.channels;
  expect(channels.find(({ name }) => name === 'mail')).toMatchObject({
    failuresInARow: expect.any(Number),
    nextAttemptAt: expect.any(String),
  });
  await service.receiver.waitForPoints(
    'notifications.pending',
    { channel: 'email' },
    ([point]) => (point?.value ?? 0) >= 1,
  );
  service.smtp = await startSmtpInbox({ port });
  await alertWhen(service, fingerprint, (a) => toldBy(a, 6));
  expect(service.smtp.mails).toHaveLength(1);
  expect(service.smtp.mails[0]?.headers).toContain('[RESOLVED 1] Test');
  const failed = await service.receiver.waitForPoints('notifications.send.duration', {
    channel: 'email',
    outcome: 'failed',
  });
  expect(failed[0]?.count).toBeGreaterThanOrEqual(3);
});

test('a mail that is refused waits alone, and the next one passes', async () => {
  service.smtp.refuseWith(554);
  await send(service, '/api/v1/alerts', payloadOf([{ fingerprint }]));
  await alertWhen(service, fingerprint, (a) =>
    a.notifications.some(({ lastError }) => /EMESSAGE with 554/.test(lastError ?? '')),
  );
  service.smtp.refuseWith();
  await alertWhen(service, fingerprint, (a) => toldBy(a, 3));
  expect(service.smtp.mails).toHaveLength(1);
});

test('a webhook that answers 500 is tried again, and its address stays secret', async () => {
  service.chat.answerWith(500);
  await send(service, '/api/v1/alerts', payloadOf([{ fingerprint }]));
  const alert = await alertWhen(service, fingerprint, (a) =>
    a.notifications.some(({ lastError }) => /got 500/.test(lastError ?? '')),
  );
  expect(JSON.stringify(alert)).not.toContain('s3cret');
  service.chat.answerWith();
  await alertWhen(service, fingerprint, (a) => toldBy(a, 3));
  expect(service.chat.texts).toHaveLength(1);
  expect(service.program.stdout).not.toContain('s3cret');
});

test('what cannot be sent for too long is given up, and counted as failed for its tenant', async () => {
  await service.smtp.stop();
  const impatient = await service.startReplica({ NOTIFICATIONS_MAX_AGE_SECONDS: '1' });
  service.program.kill();
  await service.program.exited;
  const alert = { fingerprint, labels: { tenant_id: 'acme' } };
  await send(impatient, '/api/v1/alerts', payloadOf([alert]));
  const ended = await alertWhen(impatient, fingerprint, (a) =>
    a.notifications.some(({ state }) => state === 'failed'),
  );
  expect(toldBy(ended, 2)).toBe(true);
  await service.receiver.waitForPoints(
    'messaging.notifications',
    { 'tenant.id': 'acme', channel: 'email', outcome: 'failed' },
    ([point]) => point?.value === 1,
  );
});

test('PostgreSQL is away: 503, so that Alertmanager sends again, and then it is stored', async () => {
  service.gate.close();
  const answers = [
    await send(service, '/api/v1/alerts', payloadOf([{ fingerprint }])),
    await send(service, '/api/v1/heartbeat'),
  ];
  for (const answer of answers) {
    expect(answer).toMatchObject({ status: 503, body: { error: { code: 'unavailable' } } });
  }
  expect((await fetch(`${service.address}/health`)).status).toBe(503);
  service.gate.open();
  await pollUntil(
    async () =>
      (await send(service, '/api/v1/alerts', payloadOf([{ fingerprint }]))).status === 200,
    { everyMs: 200, message: 'the alert to be stored' },
  );
  await alertWhen(service, fingerprint, (a) => toldBy(a, 3));
});

test('killed with messages in the outbox: the next process sends them', async () => {
  const { port } = service.smtp;
  await service.smtp.stop();
  const alerts = ['d1', 'd2', 'd3'].map((text) => ({ fingerprint: text }));
  await send(service, '/api/v1/alerts', payloadOf(alerts));
  await alertWhen(service, 'd1', (a) => toldBy(a, 2));
  service.program.kill('SIGKILL');
  await service.program.exited;
  service.smtp = await startSmtpInbox({ port });
  const next = await service.startReplica();
  for (const text of ['d1', 'd2', 'd3']) await alertWhen(next, text, (a) => toldBy(a, 3));
  expect(service.smtp.mails).toHaveLength(1);
  expect(service.chat.texts).toHaveLength(1);
});

test('on SIGTERM it ends with 0, and what is counted has left', async () => {
  await send(service, '/api/v1/alerts', payloadOf([{ fingerprint }]));
  await alertWhen(service, fingerprint, (a) => toldBy(a, 3));
  service.program.kill('SIGTERM');
  expect(await service.program.exited).toEqual({ code: 0, signal: null });
  const sent = service.receiver.points('messaging.notifications', { outcome: 'sent' });
  expect(sent.reduce((sum, { value = 0 }) => sum + value, 0)).toBe(3);
});

test('two replicas that get the same alerts send each message once', async () => {
  const other = await service.startReplica();
  const groups = Array.from({ length: 18 }, (_, index) =>
    payloadOf([{ fingerprint: `2e${index}` }], `{}:{group="${index}"}`),
  );
  await Promise.all(
    groups.flatMap((group) => [
      send(service, '/api/v1/alerts', group),
      send(other, '/api/v1/alerts', group),
    ]),
  );
  for (const index of groups.keys()) {
    const alert = await alertWhen(other, `2e${index}`, (a) => toldBy(a, 3));
    expect(alert.notifications.map(({ attempts }) => attempts)).toEqual([1, 1, 1]);
  }
  const told = service.smtp.mails
    .map(({ headers }) => Number(/FIRING (\d+)/.exec(headers)?.[1]))
    .reduce((sum, alerts) => sum + alerts, 0);
  expect(told).toBe(18);
  const sent = await service.receiver.waitForPoints(
    'messaging.notifications',
    { channel: 'email', outcome: 'sent' },
    (points) => points.reduce((sum, { value = 0 }) => sum + value, 0) >= 18,
  );
  expect(sent.reduce((sum, { value = 0 }) => sum + value, 0)).toBe(18);
});
