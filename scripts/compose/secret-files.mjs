import { createHash, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const random = (bytes = 24) => randomBytes(bytes).toString('base64url');

/** Folders of what people put there themselves: channels of Alertmanager and of the notification service, keys of backups. */
export const secretFolders = ['.', 'alertmanager', 'channels', 'backup'];

/** Each file, in order: a later one may quote an earlier one. Redis wants its users in a format of its own, its exporter a list, that of MySQL an option file. */
export const secretFiles = {
  'postgres-password': () => random(),
  'postgres-monitor-password': () => random(),
  'redis-password': () => random(),
  'database-url': (of) =>
    `postgresql://bellwether:${of('postgres-password')}@postgres:5432/bellwether`,
  'redis-url': (of) => `redis://default:${of('redis-password')}@redis:6379`,
  'redis-users': (of) => `user default on >${of('redis-password')} ~* &* +@all`,
  'redis-exporter-passwords': (of) =>
    JSON.stringify({ 'redis://redis:6379': of('redis-password') }),
  'mysql-client.cnf': () =>
    `[client]\nhost=mysql\nport=3306\nuser=bellwether_monitor\npassword=${random()}`,
  'jwt-secret': () => random(48),
  'shop-admin-token': () => random(),
  'alertmanager/notifications-token': () => random(32),
  'notifications-read-token': () => random(32),
  'service-token': () => random(32),
  'prometheus-admin-token': () => random(32),
  'grafana-private-key.pem': () =>
    generateKeyPairSync('ec', { namedCurve: 'P-256' })
      .privateKey.export({ type: 'pkcs8', format: 'pem' })
      .trim(),
  'grafana-jwks.json': (of) => keySetOf(of('grafana-private-key.pem')),
  'grafana-admin-password': () => random(),
  'grafana-secret-key': () => random(32),
};

/**
 * What is wrong with the files of a folder, a line each: missing, empty, or open to every user of this machine. `group` is the one that containers
 * are given, where that is known: a file of another group is one that none of them can read.
 */
export function secretProblems(folder, { shown = (path) => path, group } = {}) {
  return Object.keys(secretFiles).flatMap((name) => {
    const path = join(folder, name);
    if (!existsSync(path)) return [`${shown(path)} is missing: run npm run secrets`];
    const { mode, size, gid } = statSync(path);
    if (size < 2) return [`${shown(path)} is empty: remove it and run npm run secrets`];
    if ((mode & 0o007) !== 0)
      return [`${shown(path)} is open to every user of this machine: chmod 640 ${shown(path)}`];
    if (group !== undefined && (gid !== group || (mode & 0o040) === 0))
      return [`${shown(path)} can not be read by the containers: run npm run secrets`];
    return [];
  });
}

/** The public half, as createGrafanaKey() of @bellwether/admin writes it, which needs a build that is not there yet when secrets are made. */
function keySetOf(privateKey) {
  const { crv, kty, x, y } = createPublicKey(privateKey).export({ format: 'jwk' });
  // RFC 7638 wants these members in this order.
  const kid = createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
  return JSON.stringify({ keys: [{ kty, crv, x, y, kid, alg: 'ES256', use: 'sig' }] }, null, 2);
}

/** What a file holds, without the end of its last line. Throws for nothing; the content is never quoted. */
export function readSecret(path, shown = path) {
  const content = readFileSync(path, 'utf8').trim();
  if (content === '')
    throw new Error(`Expected a secret in ${shown}, got nothing; remove the file`);
  return content;
}
