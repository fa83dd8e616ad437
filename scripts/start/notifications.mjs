import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.mjs';
import { startNodeProcess } from './node-process.mjs';

/**
 * What Alertmanager and the notification service must agree on before either of them runs: an address (on a free port, or on this one),
 * and a token in a file. `remove` takes the files away.
 */
export async function notificationSecrets(given) {
  const folder = mkdtempSync(join(tmpdir(), 'bellwether-tokens-'));
  const token = (name) => {
    const file = join(folder, name);
    writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 });
    return file;
  };
  const port = given ?? (await freePort());
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    tokenFile: token('notifications-token'),
    readTokenFile: token('notifications-read-token'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The notification service of the shop, where Alertmanager was told that it is. */
export function startNotifications({ secrets, environment, ...rest }) {
  return startNodeProcess({
    ...rest,
    name: 'notifications',
    program: 'dist/notification-server.js',
    port: secrets.port,
    environment: {
      ...environment,
      OTEL_SERVICE_NAME: 'notifications',
      NOTIFICATIONS_TOKEN_FILE: secrets.tokenFile,
      NOTIFICATIONS_READ_TOKEN_FILE: secrets.readTokenFile,
    },
  });
}
