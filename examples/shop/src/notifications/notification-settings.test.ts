import { expect, test } from 'vitest';
import { readNotificationSettings } from './notification-settings.ts';

const complete = {
  DATABASE_URL: 'postgres://shop:secret@127.0.0.1:5432/shop',
  NOTIFICATIONS_TOKEN_FILE: '/run/secrets/token',
  NOTIFICATIONS_READ_TOKEN_FILE: '/run/secrets/read-token',
};

test('three variables are enough; an empty one is none', () => {
  const settings = readNotificationSettings({ ...complete, NOTIFICATIONS_CHANNELS_FILE: '' });
  expect(settings).toMatchObject({
    port: 3001,
    channelsFile: undefined,
    heartbeatSeconds: 180,
    heartbeatGraceSeconds: 600,
    messagesPerMinute: 20,
    bodyLimitBytes: 33_554_432,
  });
});

test('everything wrong is said at once, and no value is quoted', () => {
  const read = () =>
    readNotificationSettings({
      DATABASE_URL: 'mysql://u:hidden@h',
      NOTIFICATIONS_HEARTBEAT_SECONDS: 'soon',
    });
  expect(read).toThrow(/DATABASE_URL.*NOTIFICATIONS_TOKEN_FILE.*NOTIFICATIONS_HEARTBEAT_SECONDS/s);
  expect(read).not.toThrow(/hidden|soon/);
});
