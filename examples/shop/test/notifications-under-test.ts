import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type OtlpReceiver,
  type PostgresServer,
  type Program,
  pollUntil,
  runProgram,
  startOtlpReceiver,
  startPostgres,
} from '@bellwether/testkit';
import { migrate } from '../src/database/migrate.ts';
import { startGate } from './gate.ts';
import { type SmtpInbox, startSmtpInbox } from './smtp-inbox.ts';
import { startWebhookInbox, type WebhookInbox } from './webhook-inbox.ts';

export const token = 'token-of-the-webhook-of-these-tests';
export const readToken = 'token-to-read-of-these-tests';

export interface Replica {
  readonly address: string;
  readonly program: Program;
}

export interface NotificationsUnderTest extends Replica {
  readonly receiver: OtlpReceiver;
  readonly databaseUrl: string;
  readonly postgres: PostgresServer;
  /** Between the service and PostgreSQL. */
  readonly gate: Awaited<ReturnType<typeof startGate>>;
  readonly chat: WebhookInbox;
  readonly tokenFile: string;
  smtp: SmtpInbox;
  /** One more process on the same database. */
  startReplica(env?: Readonly<Record<string, string>>): Promise<Replica>;
  stop(): Promise<void>;
}

/** The real service from dist, instrumented by the flag, on a real PostgreSQL, a real SMTP server and an HTTP receiver. */
export async function startNotificationsUnderTest(
  env: Readonly<Record<string, string>> = {},
): Promise<NotificationsUnderTest> {
  const [postgres, smtp, chat, receiver] = await Promise.all([
    startPostgres(),
    startSmtpInbox(),
    startWebhookInbox(),
    startOtlpReceiver(),
  ]);
  await migrate(postgres.url);
  const gate = await startGate(postgres.url);
  const folder = mkdtempSync(join(tmpdir(), 'notifications-'));
  const file = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const tokenFile = file('token', `${token}\n`);
  const plan = {
    linkOrigins: ['https://grafana.example.com'],
    channels: {
      log: { kind: 'log' },
      mail: {
        kind: 'email',
        host: '127.0.0.1',
        port: smtp.port,
        tls: 'none',
        from: 'alerts@example.com',
        to: ['oncall@example.com', 'boss@example.com'],
      },
      chat: { kind: 'slack', urlFile: file('slack-url', chat.url) },
    },
    routes: [
      { severity: ['critical'], channels: ['log', 'mail', 'chat'] },
      { team: ['business'], channels: ['chat'] },
      { channels: ['log'] },
    ],
  };
  const settings = {
    PORT: '0',
    DATABASE_URL: gate.url,
    NOTIFICATIONS_TOKEN_FILE: tokenFile,
    NOTIFICATIONS_READ_TOKEN_FILE: file('read-token', readToken),
    NOTIFICATIONS_CHANNELS_FILE: file('channels.json', JSON.stringify(plan)),
    NOTIFICATIONS_SEND_TIMEOUT_SECONDS: '4',
    NOTIFICATIONS_RETRY_SECONDS: '0.2',
    NOTIFICATIONS_RETRY_CAP_SECONDS: '0.5',
    OTEL_SERVICE_NAME: 'notifications',
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_METRIC_EXPORT_INTERVAL: '300',
    ...env,
  };
  const programs: Program[] = [];
  const startReplica = async (more: Readonly<Record<string, string>> = {}): Promise<Replica> => {
    const program = runProgram({
      file: 'dist/notification-server.js',
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      imports: ['@bellwether/sdk/register'],
      timeoutMs: 240_000,
      env: { ...settings, ...more },
    });
    programs.push(program);
    const [, address = ''] = await program.waitForLine(/service listens on (http:\/\/[^"\s]+)/);
    return { address, program };
  };
  const under: NotificationsUnderTest = {
    ...(await startReplica()),
    receiver,
    databaseUrl: postgres.url,
    postgres,
    gate,
    chat,
    tokenFile,
    smtp,
    startReplica,
    stop: async () => {
      for (const program of programs) await program.stop();
      await gate.stop();
      await under.smtp.stop();
      await chat.stop();
      await postgres.stop();
      await receiver.close();
      rmSync(folder, { recursive: true });
    },
  };
  return under;
}

export interface TestAlert {
  readonly status?: 'firing' | 'resolved';
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly startsAt?: string;
  readonly endsAt?: string;
  readonly fingerprint: string;
}

/** What Alertmanager 0.34 sends, field by field. */
export function payloadOf(alerts: readonly TestAlert[], groupKey = '{}/{}:{alertname="Test"}') {
  return {
    receiver: 'notifications',
    status: 'firing',
    alerts: alerts.map(({ labels, annotations, ...alert }) => ({
      status: 'firing',
      labels: { alertname: 'Test', severity: 'critical', team: 'platform', ...labels },
      annotations: { summary: 'a test', ...annotations },
      startsAt: '2026-11-21T08:00:00.123456789Z',
      endsAt: '0001-01-01T00:00:00Z',
      generatorURL: 'http://prometheus/graph',
      ...alert,
    })),
    groupLabels: {},
    commonLabels: {},
    commonAnnotations: {},
    externalURL: 'http://alertmanager',
    version: '4',
    groupKey,
    truncatedAlerts: 0,
  };
}

export interface NotificationAnswer {
  readonly event: string;
  readonly channel: string;
  readonly state: string;
  readonly attempts: number;
  readonly sentAt: string | null;
  readonly recipients: readonly string[];
  readonly message: { readonly id: string; readonly alerts: number } | null;
  readonly lastError: string | null;
}

export interface AlertAnswer {
  readonly id: string;
  readonly status: string;
  readonly tenant: string | null;
  readonly startsAt: string;
  readonly receivedAt: string;
  readonly notifiedAt: string | null;
  readonly resolvedNotifiedAt: string | null;
  readonly notifications: readonly NotificationAnswer[];
}

/** What the routes answer, together: a test reads what it asked for, and fails where that is missing. */
export interface AnswerBody {
  readonly stored: number;
  readonly repeated: number;
  readonly alerts: readonly AlertAnswer[];
  readonly next: string | null;
  readonly channels: ReadonlyArray<{ readonly name: string; readonly pending: number }>;
  readonly error: { readonly message: string; readonly issues: readonly unknown[] };
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: AnswerBody;
}

async function answerOf(response: Response): Promise<Answer> {
  const body = (await response.json()) as AnswerBody;
  return { status: response.status, headers: response.headers, body };
}

export async function send(
  { address }: Pick<Replica, 'address'>,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const response = await fetch(`${address}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return answerOf(response);
}

export async function read(
  { address }: Pick<Replica, 'address'>,
  path: string,
  as = readToken,
): Promise<Answer> {
  const response = await fetch(`${address}${path}`, { headers: { authorization: `Bearer ${as}` } });
  return answerOf(response);
}

/** The alert of this fingerprint, when `enough` holds for it: what a drill does. */
export function alertWhen(
  replica: Pick<Replica, 'address'>,
  fingerprint: string,
  enough: (alert: AlertAnswer) => boolean,
  timeoutMs = 30_000,
): Promise<AlertAnswer> {
  return pollUntil(
    async () => {
      const { body } = await read(replica, `/api/v1/alerts?fingerprint=${fingerprint}`);
      const [alert] = body.alerts;
      if (alert !== undefined && enough(alert)) return alert;
      throw new Error(JSON.stringify(alert));
    },
    { timeoutMs, message: `alert ${fingerprint}` },
  );
}

export const toldBy = (alert: AlertAnswer, channels: number) =>
  alert.notifications.filter(({ state }) => state === 'sent').length === channels;
