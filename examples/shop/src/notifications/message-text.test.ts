import { expect, test } from 'vitest';
import { mailHtml, mailText } from './channels/email-channel.ts';
import type { ClaimedNotification } from './claim-message.ts';
import { composeMessage } from './message-text.ts';

const notification = (
  change: Partial<ClaimedNotification> & { id: string },
): ClaimedNotification => ({
  alertId: change.id,
  sequence: 1,
  event: 'firing',
  urgency: 0,
  createdAt: new Date(0),
  fingerprint: change.id,
  name: 'HighErrorRatio',
  severity: 'critical',
  service: 'shop',
  tenantId: null,
  startsAt: new Date(Date.UTC(2026, 10, 21)),
  endsAt: null,
  status: 'firing',
  annotations: {},
  ...change,
});

test('of an alert that ended before it could be told only the end is said', () => {
  const { subject, alerts } = composeMessage(
    {
      notifications: [
        notification({ id: 'b', alertId: 'a', sequence: 2, event: 'resolved', status: 'resolved' }),
        notification({ id: 'a', status: 'resolved' }),
      ],
    },
    [],
  );
  expect(subject).toBe('[RESOLVED 1] HighErrorRatio (shop)');
  expect(alerts).toHaveLength(1);
});

test('what is over by now is said with what fires', () => {
  const text = mailText(
    composeMessage({ notifications: [notification({ id: 'a', status: 'resolved' })] }, []),
  );
  expect(text).toContain('FIRING critical: HighErrorRatio');
  expect(text).toContain('now: resolved meanwhile');
});

test('the most urgent come first, the others by name and number', () => {
  const notifications = Array.from({ length: 100 }, (_, index) =>
    notification({
      id: `${index}`,
      urgency: index === 70 ? 0 : 1,
      severity: index === 70 ? 'critical' : 'warning',
      name: index === 70 ? 'First' : `Other${index % 15}`,
    }),
  );
  const { alerts, others, subject } = composeMessage({ notifications }, []);
  expect(alerts).toHaveLength(20);
  expect(alerts[0]?.name).toBe('First');
  expect(others).toHaveLength(11);
  expect(others.at(-1)?.[0]).toBe('others');
  expect(others.reduce((sum, [, count]) => sum + count, 0)).toBe(80);
  expect(subject).toMatch(/^\[FIRING 100\] Other\d+, Other\d+, Other\d+$/);
});

test('the key is that of the notifications, in whatever order', () => {
  const [a, b] = [notification({ id: 'a' }), notification({ id: 'b' })];
  const key = (...notifications: ClaimedNotification[]) =>
    composeMessage({ notifications }, []).key;
  expect(key(a, b)).toBe(key(b, a));
  expect(key(a)).not.toBe(key(b));
});

test('HTML holds what was written and no element of it', () => {
  const hostile = `"><img src=x onerror='alert(1)'>&amp;`;
  const html = mailHtml(
    composeMessage(
      {
        notifications: [
          notification({
            id: 'a',
            name: hostile,
            severity: hostile,
            annotations: {
              summary: hostile,
              runbook_url: `https://g.example.com/x?a="onmouseover='y`,
            },
          }),
        ],
      },
      ['https://g.example.com'],
    ),
  );
  expect(html.match(/<[a-z][a-z0-9]*/g)).toEqual(
    expect.arrayContaining(['<html', '<head', '<meta', '<title', '<body', '<dl', '<a']),
  );
  expect(html).not.toContain('<img');
  expect(html).toContain('&lt;img src=x onerror=&#39;alert(1)&#39;&gt;&amp;amp;');
  expect(html).toContain('href="https://g.example.com/x?a=%22onmouseover=%27y"');
});
