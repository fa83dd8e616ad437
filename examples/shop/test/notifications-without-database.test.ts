import { pollUntil } from '@bellwether/testkit';
import { afterEach, expect, test, vi } from 'vitest';
import {
  type AlertAnswer,
  alertWhen,
  type NotificationsUnderTest,
  payloadOf,
  read,
  send,
  startNotificationsUnderTest,
  type TestAlert,
  toldBy,
} from './notifications-under-test.ts';
import { startSmtpInbox } from './smtp-inbox.ts';

vi.setConfig({ testTimeout: 120_000 });

let service: NotificationsUnderTest;

afterEach(() => service?.stop());

const fingerprint = 'da7aba5e00000001';
const critical: TestAlert = { fingerprint, labels: { alertname: 'PostgresDown' } };
const over: TestAlert = { ...critical, status: 'resolved', endsAt: '2026-11-21T08:05:00Z' };

const post = (alerts: readonly TestAlert[], groupKey?: string) =>
  send(service, '/api/v1/alerts', payloadOf(alerts, groupKey));

/** What Alertmanager does with 503. */
const postUntilStored = (alerts: readonly TestAlert[]) =>
  pollUntil(async () => (await post(alerts)).status === 200, {
    everyMs: 200,
    timeoutMs: 30_000,
    message: 'the webhook to be stored',
  });

const subjects = () =>
  service.smtp.mails.map(({ headers }) => /Subject: (\[[^\]]*\] \S+)/.exec(headers)?.[1]);

const told = (mails: number) =>
  pollUntil(() => service.smtp.mails.length === mails && service.chat.texts.length === mails, {
    message: `${mails} messages on each channel`,
  });

async function sometime(ms: number): Promise<void> {
  const until = performance.now() + ms;
  await pollUntil(() => performance.now() > until, { message: 'some time' });
}

test('PostgreSQL is stopped: a critical alert is told at once, once, and stored as told when it is back', async () => {
  service = await startNotificationsUnderTest();
  await service.postgres.halt();
  const began = performance.now();
  const before = new Date();
  const warning = { fingerprint: 'aa', labels: { alertname: 'Slow', severity: 'warning' } };
  for (const _ of [1, 2, 3]) {
    expect(await post([critical, warning])).toMatchObject({
      status: 503,
      body: { error: { code: 'unavailable' } },
    });
  }
  await told(1);
  console.log(`told ${(performance.now() - began).toFixed(0)} ms after the webhook`);
  expect(subjects()).toEqual(['[FIRING 1] PostgresDown']);
  expect(service.program.stdout).not.toContain('"name":"Slow"');
  await service.receiver.waitForPoints(
    'messaging.notifications',
    { channel: 'email', outcome: 'sent' },
    ([point]) => point?.value === 1,
  );
  expect(await post([over])).toMatchObject({ status: 503 });
  await told(2);
  expect(subjects()[1]).toBe('[RESOLVED 1] PostgresDown');
  const after = new Date();

  await service.postgres.resume();
  await postUntilStored([over, warning]);
  const alert = await alertWhen(
    service,
    fingerprint,
    (a) => a.status === 'resolved' && toldBy(a, 6),
  );
  const stored = await alertWhen(service, 'aa', (a) => toldBy(a, 1));
  for (const time of [alert.receivedAt, alert.notifiedAt, alert.resolvedNotifiedAt]) {
    expect(Date.parse(time ?? '')).toBeGreaterThanOrEqual(before.getTime());
    expect(Date.parse(time ?? '')).toBeLessThanOrEqual(after.getTime());
  }
  const mail = alert.notifications.find(({ channel }) => channel === 'mail');
  expect(mail).toMatchObject({
    attempts: 1,
    recipients: ['oncall@example.com', 'boss@example.com'],
    message: { alerts: 1 },
  });
  expect(Date.parse(stored.notifiedAt ?? '')).toBeGreaterThan(after.getTime());
  await postUntilStored([critical, warning]);
  await sometime(1_500);
  expect(subjects()).toHaveLength(2);
  expect(service.chat.texts).toHaveLength(2);
});

test('the service starts and tells without PostgreSQL, and stores by itself what Alertmanager does not send again', async () => {
  service = await startNotificationsUnderTest();
  await service.postgres.halt();
  service.program.kill('SIGKILL');
  await service.program.exited;
  Object.assign(service, await service.startReplica());
  expect((await fetch(`${service.address}/health`)).status).toBe(503);
  const { port } = service.smtp;
  await service.smtp.stop();
  expect((await post([critical])).status).toBe(503);
  await pollUntil(() => service.chat.texts.length === 1, { message: 'the chat' });
  await service.postgres.resume();
  // The mail, which nobody took, is in the outbox now.
  const tried = await alertWhen(service, fingerprint, (a) => toldBy(a, 2));
  expect(tried.notifications.find(({ channel }) => channel === 'mail')?.state).toBe('pending');
  service.smtp = await startSmtpInbox({ port });
  await alertWhen(service, fingerprint, (a) => toldBy(a, 3));
  expect(subjects()).toEqual(['[FIRING 1] PostgresDown']);
  expect(service.chat.texts).toHaveLength(1);
});

test('a channel that is down as well is tried again from memory', async () => {
  service = await startNotificationsUnderTest();
  await service.postgres.halt();
  service.chat.answerWith(500);
  await post([critical]);
  await service.receiver.waitForPoints(
    'notifications.send.duration',
    { channel: 'chat', outcome: 'failed' },
    ([point]) => (point?.count ?? 0) >= 2,
  );
  expect(service.smtp.mails).toHaveLength(1);
  service.chat.answerWith();
  await told(1);
});

test('5,000 critical alerts without PostgreSQL are few messages, and the rest is told afterwards', async () => {
  service = await startNotificationsUnderTest();
  await service.postgres.halt();
  const alerts = Array.from({ length: 5_000 }, (_, index) => ({
    fingerprint: (0xf100d0000 + index).toString(16),
    labels: { alertname: `Flood${index % 30}` },
  }));
  for (let from = 0; from < alerts.length; from += 25) {
    const part = alerts.slice(from, from + 25);
    expect((await post(part, `{}:{group="${from}"}`)).status).toBe(503);
  }
  await pollUntil(
    () =>
      service.smtp.mails
        .map(({ headers }) => Number(/FIRING (\d+)/.exec(headers)?.[1]))
        .reduce((sum, count) => sum + count, 0) >= 1_000,
    { message: 'a thousand alerts told' },
  );
  await pollUntil(
    () => service.smtp.mails.some(({ body }) => /\d+ x more critical alerts/.test(body)),
    { message: 'that there are more' },
  );
  console.log(`5,000 alerts in 200 groups: ${service.smtp.mails.length} mails`);
  expect(service.smtp.mails.length).toBeLessThanOrEqual(20);
  const direct = service.smtp.mails.length;
  await service.postgres.resume();
  await postUntilStored(alerts);
  const last = alerts.at(-1)?.fingerprint ?? '';
  await alertWhen(service, last, (a) => toldBy(a, 3), 60_000);
  await alertWhen(service, alerts[0]?.fingerprint ?? '', (a) => toldBy(a, 3));
  expect(service.smtp.mails.length).toBeLessThanOrEqual(direct + 3);
});

test('a PostgreSQL that hangs is away as well', async () => {
  service = await startNotificationsUnderTest();
  expect((await read(service, '/api/v1/alerts')).status).toBe(200);
  service.gate.freeze();
  const began = performance.now();
  const answer = await post([critical]);
  expect(answer.status).toBe(503);
  await told(1);
  console.log(`hanging: told after ${((performance.now() - began) / 1_000).toFixed(1)} s`);
  service.gate.close();
  service.gate.thaw();
  service.gate.open();
  await postUntilStored([critical]);
  await alertWhen(service, fingerprint, (a) => toldBy(a, 3));
  expect(subjects()).toHaveLength(1);
});

test('the heartbeat stops while PostgreSQL is away: the alarm is raised once, and ends', async () => {
  service = await startNotificationsUnderTest({
    NOTIFICATIONS_HEARTBEAT_SECONDS: '1',
    NOTIFICATIONS_HEARTBEAT_GRACE_SECONDS: '60',
  });
  const beat = () => send(service, '/api/v1/heartbeat');
  expect((await beat()).status).toBe(200);
  await service.postgres.halt();
  expect((await beat()).status).toBe(503);
  const stopped = performance.now();
  await told(1);
  console.log(`HeartbeatMissing after ${(performance.now() - stopped).toFixed(0)} ms`);
  expect(subjects()).toEqual(['[FIRING 1] HeartbeatMissing']);
  await service.postgres.resume();
  const alarm = async (enough: (alert: AlertAnswer) => boolean) =>
    pollUntil(
      async () => {
        const { body } = await read(service, '/api/v1/alerts?name=HeartbeatMissing');
        expect(body.alerts).toHaveLength(1);
        const [alert] = body.alerts;
        return alert !== undefined && enough(alert) && alert;
      },
      { message: 'the alarm' },
    );
  const stored = await alarm((a) => toldBy(a, 3));
  await sometime(2_000);
  expect((await alarm(() => true)).notifications).toHaveLength(3);
  await pollUntil(async () => (await beat()).status === 200, { message: 'the heartbeat' });
  const ended = await alarm((a) => a.status === 'resolved' && toldBy(a, 6));
  expect(ended).toMatchObject({ id: stored.id });
  expect(subjects()).toEqual(['[FIRING 1] HeartbeatMissing', '[RESOLVED 1] HeartbeatMissing']);
});

test('heartbeats that come to one replica while PostgreSQL is away are no silence, then or afterwards', async () => {
  service = await startNotificationsUnderTest({
    NOTIFICATIONS_HEARTBEAT_SECONDS: '1',
    NOTIFICATIONS_HEARTBEAT_GRACE_SECONDS: '60',
  });
  const beating = setInterval(() => void send(service, '/api/v1/heartbeat').catch(() => 0), 200);
  try {
    await service.startReplica();
    await sometime(1_500);
    await service.postgres.halt();
    await sometime(2_500);
    await service.postgres.resume();
    await sometime(2_000);
    const { body } = await read(service, '/api/v1/alerts?name=HeartbeatMissing');
    expect(body.alerts).toEqual([]);
    expect(service.smtp.mails).toEqual([]);
  } finally {
    clearInterval(beating);
  }
});

test('the heartbeat comes back before PostgreSQL: the end is told, and both are stored', async () => {
  service = await startNotificationsUnderTest({
    NOTIFICATIONS_HEARTBEAT_SECONDS: '1',
    NOTIFICATIONS_HEARTBEAT_GRACE_SECONDS: '60',
  });
  const beat = () => send(service, '/api/v1/heartbeat');
  await beat();
  await service.postgres.halt();
  await told(1);
  expect((await beat()).status).toBe(503);
  const beating = setInterval(() => void beat().catch(() => 0), 200);
  try {
    await told(2);
    await service.postgres.resume();
    const ended = await pollUntil(
      async () => {
        const { body } = await read(service, '/api/v1/alerts?name=HeartbeatMissing');
        const [alarm] = body.alerts;
        return alarm?.status === 'resolved' && toldBy(alarm, 6) && body.alerts;
      },
      { message: 'the alarm and its end' },
    );
    expect(ended).toHaveLength(1);
    await sometime(1_500);
    expect(subjects()).toEqual(['[FIRING 1] HeartbeatMissing', '[RESOLVED 1] HeartbeatMissing']);
  } finally {
    clearInterval(beating);
  }
});

test('two replicas without PostgreSQL tell twice, and agree when it is back', async () => {
  service = await startNotificationsUnderTest({
    NOTIFICATIONS_HEARTBEAT_SECONDS: '2',
    NOTIFICATIONS_HEARTBEAT_GRACE_SECONDS: '4',
  });
  const other = await service.startReplica();
  await send(service, '/api/v1/heartbeat');
  await service.postgres.halt();
  await Promise.all([post([critical]), send(other, '/api/v1/alerts', payloadOf([critical]))]);
  await told(4);
  expect(subjects().sort()).toEqual([
    '[FIRING 1] HeartbeatMissing',
    '[FIRING 1] HeartbeatMissing',
    '[FIRING 1] PostgresDown',
    '[FIRING 1] PostgresDown',
  ]);
  await service.postgres.resume();
  const alert = await alertWhen(other, fingerprint, (a) => toldBy(a, 3));
  expect(alert.notifications).toHaveLength(3);
  const alarms = async () =>
    (await read(service, '/api/v1/alerts?name=HeartbeatMissing')).body.alerts;
  await pollUntil(async () => (await alarms()).length === 2, { message: 'both alarms' });
  await pollUntil(
    async () => {
      await send(other, '/api/v1/heartbeat');
      return (await alarms()).every(({ status }) => status === 'resolved');
    },
    { everyMs: 500, message: 'the end of both' },
  );
  await pollUntil(() => subjects().some((subject) => subject === '[RESOLVED 1] HeartbeatMissing'), {
    message: 'the end told',
  });
});
