import { pollUntil } from '@bellwether/testkit';
import { afterEach, expect, test, vi } from 'vitest';
import {
  type NotificationsUnderTest,
  payloadOf,
  type Replica,
  read,
  send,
  startNotificationsUnderTest,
  toldBy,
} from './notifications-under-test.ts';

vi.setConfig({ testTimeout: 300_000 });

let service: NotificationsUnderTest;
let beating: NodeJS.Timeout | undefined;

afterEach(async () => {
  clearInterval(beating);
  await service?.stop();
});

const watchdog = payloadOf([
  { fingerprint: 'd06', labels: { alertname: 'Watchdog', severity: 'none' } },
]);

const beat = (replica: Replica) => send(replica, '/api/v1/heartbeat', watchdog);

const alarms = async (status: string) =>
  (await read(service, `/api/v1/alerts?name=HeartbeatMissing&status=${status}`)).body.alerts;

test('two replicas raise one alarm when the heartbeat stops, and resolve it when it is back', async () => {
  const seconds = {
    // Long enough for a machine that is busy: a heartbeat that is late would be an alarm of its own.
    NOTIFICATIONS_HEARTBEAT_SECONDS: '8',
    NOTIFICATIONS_HEARTBEAT_GRACE_SECONDS: '60',
  };
  service = await startNotificationsUnderTest(seconds);
  const other = await service.startReplica();
  let open = false;
  // One after the other: on a busy machine they would make each other late.
  beating = setInterval(() => {
    if (open) return;
    open = true;
    void beat(other)
      .catch(() => undefined)
      .finally(() => {
        open = false;
      });
  }, 200);
  await service.receiver.waitForPoints('notifications.heartbeat.age', {}, (points) =>
    points.some(({ value = -1 }) => value >= 0 && value < 8),
  );
  const until = performance.now() + 2_000;
  await pollUntil(() => performance.now() > until, { message: 'two seconds of heartbeats' });
  expect(await alarms('firing')).toEqual([]);

  clearInterval(beating);
  const stopped = performance.now();
  const raised = await pollUntil(
    async () => {
      const [alarm] = await alarms('firing');
      return alarm !== undefined && toldBy(alarm, 3) && alarm;
    },
    { timeoutMs: 90_000, message: 'the alarm' },
  );
  const raisedMs = performance.now() - stopped;
  expect(raised).toMatchObject({ severity: 'critical', team: 'platform', tenant: null });
  expect(service.smtp.mails).toHaveLength(1);
  expect(service.smtp.mails[0]?.headers).toContain('[FIRING 1] HeartbeatMissing');

  await beat(other);
  const back = performance.now();
  await pollUntil(
    async () => {
      const [alarm] = await alarms('resolved');
      return alarm?.id === raised.id && toldBy(alarm, 6);
    },
    { timeoutMs: 90_000, message: 'the end of the alarm' },
  );
  console.log(
    `heartbeat of 8 s: the alarm after ${raisedMs.toFixed(0)} ms, its end after ${(performance.now() - back).toFixed(0)} ms`,
  );
  expect(service.smtp.mails.map(({ headers }) => /Subject: (.*?) \(/.exec(headers)?.[1])).toEqual([
    '[FIRING 1] HeartbeatMissing',
    '[RESOLVED 1] HeartbeatMissing',
  ]);
});

test('who was told that the heartbeat is missing is told again while it is', async () => {
  service = await startNotificationsUnderTest({
    NOTIFICATIONS_HEARTBEAT_SECONDS: '0.2',
    NOTIFICATIONS_HEARTBEAT_GRACE_SECONDS: '0.2',
    NOTIFICATIONS_REMIND_SECONDS: '1',
  });
  const alarm = await pollUntil(
    async () => {
      const [alert] = await alarms('firing');
      const told = alert?.notifications.filter(({ state }) => state === 'sent') ?? [];
      // On three channels; by the time that we look it may be more than one reminder.
      return alert !== undefined && told.length >= 6 && alert;
    },
    { timeoutMs: 120_000, message: 'the alarm, and the first reminder, on all channels' },
  );
  expect(await alarms('firing')).toHaveLength(1);
  const started = alarm.notifications.map(({ event }) => event);
  expect(new Set(started)).toEqual(new Set(['firing']));
});

test('a heartbeat that never came is an alarm only after the grace', async () => {
  const began = performance.now();
  service = await startNotificationsUnderTest({
    NOTIFICATIONS_HEARTBEAT_SECONDS: '0.2',
    NOTIFICATIONS_HEARTBEAT_GRACE_SECONDS: '2',
  });
  await pollUntil(async () => (await alarms('firing')).length === 1, { message: 'the alarm' });
  expect(performance.now() - began).toBeGreaterThan(2_000);
});

test('a service that starts long after the last heartbeat listens first; the alarm survives a restart', async () => {
  service = await startNotificationsUnderTest({ NOTIFICATIONS_HEARTBEAT_SECONDS: '600' });
  await beat(service);
  service.program.kill('SIGKILL');
  await service.program.exited;
  const started = performance.now();
  const second = await service.startReplica({ NOTIFICATIONS_HEARTBEAT_SECONDS: '2' });
  const first = await pollUntil(
    async () => {
      const answer = await read(second, '/api/v1/alerts?name=HeartbeatMissing');
      return answer.body.alerts[0];
    },
    { message: 'the alarm' },
  );
  expect(performance.now() - started).toBeGreaterThan(1_500);
  second.program.kill('SIGKILL');
  await second.program.exited;
  const third = await service.startReplica({ NOTIFICATIONS_HEARTBEAT_SECONDS: '0.3' });
  const until = performance.now() + 1_000;
  await pollUntil(() => performance.now() > until, { message: 'a second' });
  const same = await read(third, '/api/v1/alerts?name=HeartbeatMissing');
  expect(same.body.alerts).toHaveLength(1);
  expect(same.body.alerts[0]?.id).toBe(first.id);
  await beat(third);
  const after = await read(third, '/api/v1/alerts?name=HeartbeatMissing');
  expect(after.body.alerts[0]?.status).toBe('resolved');
});
