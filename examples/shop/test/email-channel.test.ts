import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { emailChannel } from '../src/notifications/channels/email-channel.ts';

let folder: string;
let passwordFile: string;
let stop: () => void = () => undefined;
const logins: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'email-'));
  passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, 's3cret');
  logins.length = 0;
});

afterEach(() => {
  stop();
  rmSync(folder, { recursive: true });
});

async function smtp(options: SMTPServerOptions): Promise<number> {
  const server = new SMTPServer({
    logger: false,
    onAuth: ({ username = '', password = '' }, _session, callback) => {
      logins.push(`${username}:${password}`);
      callback(null, { user: username });
    },
    ...options,
  });
  server.on('error', () => undefined);
  stop = () => server.close();
  return listen(server.listen(0, '127.0.0.1'));
}

async function listen(server: Server): Promise<number> {
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const message = { key: 'key', subject: 'subject', alerts: [], others: [] };
const channel = (port: number) =>
  emailChannel('mail', {
    kind: 'email',
    host: '127.0.0.1',
    port,
    tls: 'starttls',
    user: 'alerts',
    passwordFile,
    from: 'alerts@example.com',
    to: ['oncall@example.com'],
  });

test('a server that has no TLS gets neither the password nor the mail', async () => {
  const port = await smtp({
    hideSTARTTLS: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
  });
  const result = await channel(port).send(message, AbortSignal.timeout(5_000));
  expect(result).toMatchObject({ outcome: 'failed', scope: 'channel' });
  expect(JSON.stringify(result)).not.toContain('s3cret');
  expect(logins).toEqual([]);
});

test('a server that nobody vouches for gets neither as well', async () => {
  const port = await smtp({});
  const result = await channel(port).send(message, AbortSignal.timeout(5_000));
  expect(result).toMatchObject({ outcome: 'failed', scope: 'channel' });
  expect(logins).toEqual([]);
});

test('a server that hangs is given up in time', async () => {
  const silent = createServer(() => undefined).listen(0, '127.0.0.1');
  const port = await listen(silent);
  stop = () => silent.close();
  const began = performance.now();
  const result = await channel(port).send(message, AbortSignal.timeout(300));
  expect(performance.now() - began).toBeLessThan(3_000);
  expect(result).toEqual({
    outcome: 'failed',
    scope: 'channel',
    error: 'Expected SMTP to end in time, got none',
  });
});

test('who was refused is told, though the mail was taken for others', async () => {
  const port = await smtp({
    hideSTARTTLS: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    authOptional: true,
    onRcptTo: ({ address }, _session, callback) => {
      if (address.startsWith('typo')) {
        callback(Object.assign(new Error('no such user'), { responseCode: 550 }));
      } else callback();
    },
  });
  const mail = emailChannel('mail', {
    ...{ kind: 'email', host: '127.0.0.1', port, tls: 'none', from: 'alerts@example.com' },
    to: ['oncall@example.com', 'typo@example.com'],
  });
  expect(await mail.send(message, AbortSignal.timeout(60_000))).toMatchObject({
    outcome: 'sent',
    recipients: ['oncall@example.com'],
    problem: expect.stringContaining('got a refusal of typo@example.com;'),
  });
});

test('certificates that can not be read stop the start; gone later, the last ones hold', async () => {
  const caFile = join(folder, 'ca.pem');
  const open = (port: number) =>
    emailChannel('mail', {
      ...{ kind: 'email', host: '127.0.0.1', port, tls: 'starttls', from: 'alerts@example.com' },
      ...{ to: ['oncall@example.com'], caFile },
    });
  expect(() => open(25)).toThrow(
    `Expected the file of certificates ${caFile} to be readable, got ENOENT`,
  );
  writeFileSync(caFile, '');
  const mail = open(await smtp({}));
  rmSync(caFile);
  // Nobody vouches for this server; what matters is that there is an answer.
  const result = await mail.send(message, AbortSignal.timeout(60_000));
  expect(result).toMatchObject({ outcome: 'failed', scope: 'channel' });
});
