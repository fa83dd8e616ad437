import { expect, test } from 'vitest';
import { readWebhook } from './webhook-payload.ts';

const alert = {
  status: 'firing',
  labels: { alertname: 'A', tenant_id: 'acme', job: 'shop/shop' },
  annotations: {},
  startsAt: '2026-11-21T08:00:00.5+01:00',
  endsAt: '0001-01-01T00:00:00Z',
  fingerprint: 'ABC',
};
const payload = (...alerts: object[]) => ({ version: '4', groupKey: 'g', receiver: 'r', alerts });

test('an alert is read as it is stored', () => {
  expect(readWebhook(payload(alert))).toEqual({
    truncated: 0,
    alerts: [
      {
        fingerprint: 'abc',
        startsAt: new Date('2026-11-21T07:00:00.500Z'),
        endsAt: null,
        status: 'firing',
        name: 'A',
        severity: 'none',
        team: '',
        service: 'shop/shop',
        tenantId: 'acme',
        groupKey: expect.stringMatching(/^[0-9a-f]{64}$/),
        labels: alert.labels,
        annotations: {},
      },
    ],
  });
});

test('the same alert twice in one payload is one, the later', () => {
  const over = { ...alert, status: 'resolved', endsAt: '2026-11-21T09:00:00Z' };
  const { alerts } = readWebhook(payload(alert, over));
  expect(alerts.map(({ status }) => status)).toEqual(['resolved']);
});

test('what PostgreSQL cannot hold is replaced, what an index cannot bear is cut', () => {
  const labels = { alertname: `\0\ud800${'x'.repeat(5_000)}`, tenant_id: 'x'.repeat(5_000) };
  const [read] = readWebhook(payload({ ...alert, labels })).alerts;
  expect(read?.name).toBe(`\ufffd\ufffd${'x'.repeat(198)}`);
  expect(read?.labels.alertname).toHaveLength(5_002);
  expect(read?.tenantId).toBeNull();
});

test('how many Alertmanager left out is known', () => {
  expect(readWebhook({ ...payload(), truncatedAlerts: 7 })).toEqual({ alerts: [], truncated: 7 });
});

test.each(['0000-06-01T00:00:00Z', '0001-01-01T00:00:00+14:00', '9999-12-31T23:59:59-12:00'])(
  'a start that PostgreSQL does not read is refused and not asked for again: %s',
  (startsAt) => {
    expect(() => readWebhook(payload({ ...alert, startsAt }))).toThrow(/alerts\.0\.startsAt/);
  },
);

test('a fingerprint is the same alert in capitals', () => {
  expect(readWebhook(payload(alert, { ...alert, fingerprint: 'abc' })).alerts).toHaveLength(1);
});
