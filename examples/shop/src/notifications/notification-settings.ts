import { z } from 'zod';
import { withSecretFiles } from '../secret-files.ts';

const seconds = (least: number, most: number) => z.coerce.number().min(least).max(most);

const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3001),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  SHOP_COMMIT: z.string().optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  NOTIFICATIONS_TOKEN_FILE: z.string().min(1),
  NOTIFICATIONS_READ_TOKEN_FILE: z.string().min(1),
  NOTIFICATIONS_CHANNELS_FILE: z.string().min(1).optional(),
  NOTIFICATIONS_DATABASE_CONNECTIONS: z.coerce.number().int().min(2).max(100).default(10),
  NOTIFICATIONS_BODY_LIMIT_BYTES: z.coerce
    .number()
    .int()
    .min(1_024)
    .max(256 * 1_048_576)
    .default(32 * 1_048_576),
  NOTIFICATIONS_MESSAGES_PER_MINUTE: z.coerce.number().int().min(1).max(600).default(20),
  NOTIFICATIONS_SEND_TIMEOUT_SECONDS: seconds(0.1, 60).default(10),
  NOTIFICATIONS_RETRY_SECONDS: seconds(0.1, 3_600).default(5),
  NOTIFICATIONS_RETRY_CAP_SECONDS: seconds(0.1, 86_400).default(300),
  NOTIFICATIONS_MAX_AGE_SECONDS: seconds(1, 30 * 86_400).default(86_400),
  NOTIFICATIONS_REMIND_SECONDS: seconds(1, 30 * 86_400).default(2_700),
  NOTIFICATIONS_RETENTION_DAYS: z.coerce.number().int().min(31).max(3_650).default(90),
  NOTIFICATIONS_HEARTBEAT_SECONDS: seconds(0.1, 86_400).default(180),
  NOTIFICATIONS_HEARTBEAT_GRACE_SECONDS: seconds(0.1, 86_400).default(600),
});

/** What the environment says, checked; docs/guides/notifications.md has the meaning of each variable. */
export interface NotificationSettings {
  readonly port: number;
  readonly host: string;
  readonly databaseUrl: string;
  readonly databaseConnections: number;
  readonly commit: string | undefined;
  readonly logLevel: string;
  /** Opens the webhooks. One token a line: two while it is being rotated. */
  readonly tokenFile: string;
  /** Opens what is read. */
  readonly readTokenFile: string;
  /** Without it every alert goes to the log. */
  readonly channelsFile: string | undefined;
  readonly bodyLimitBytes: number;
  /** Most messages on one channel in a minute; more than that become one. */
  readonly messagesPerMinute: number;
  readonly sendTimeoutSeconds: number;
  /** The pause after the first failure; it doubles up to `retryCapSeconds`. */
  readonly retrySeconds: number;
  readonly retryCapSeconds: number;
  /** A notification that could not be sent for so long is given up. */
  readonly maxAgeSeconds: number;
  /** An alert that Alertmanager still reports so long after it was told is told again. */
  readonly remindSeconds: number;
  readonly retentionDays: number;
  readonly heartbeatSeconds: number;
  readonly heartbeatGraceSeconds: number;
}

/** Reads the settings once. Throws one error that names every wrong variable and never quotes a value. */
export function readNotificationSettings(environment: NodeJS.ProcessEnv): NotificationSettings {
  const parsed = Environment.safeParse(withSecretFiles(environment, ['DATABASE_URL']));
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      ({ path, message }) => `${path.join('.')}: ${message}`,
    );
    throw new Error(
      `Expected the environment of the notification service to be complete, got ${problems.join('; ')}`,
    );
  }
  const read = parsed.data;
  return Object.freeze({
    port: read.PORT,
    host: read.HOST,
    databaseUrl: read.DATABASE_URL,
    databaseConnections: read.NOTIFICATIONS_DATABASE_CONNECTIONS,
    commit: read.SHOP_COMMIT,
    logLevel: read.LOG_LEVEL,
    tokenFile: read.NOTIFICATIONS_TOKEN_FILE,
    readTokenFile: read.NOTIFICATIONS_READ_TOKEN_FILE,
    channelsFile: read.NOTIFICATIONS_CHANNELS_FILE,
    bodyLimitBytes: read.NOTIFICATIONS_BODY_LIMIT_BYTES,
    messagesPerMinute: read.NOTIFICATIONS_MESSAGES_PER_MINUTE,
    sendTimeoutSeconds: read.NOTIFICATIONS_SEND_TIMEOUT_SECONDS,
    retrySeconds: read.NOTIFICATIONS_RETRY_SECONDS,
    retryCapSeconds: read.NOTIFICATIONS_RETRY_CAP_SECONDS,
    maxAgeSeconds: read.NOTIFICATIONS_MAX_AGE_SECONDS,
    remindSeconds: read.NOTIFICATIONS_REMIND_SECONDS,
    retentionDays: read.NOTIFICATIONS_RETENTION_DAYS,
    heartbeatSeconds: read.NOTIFICATIONS_HEARTBEAT_SECONDS,
    heartbeatGraceSeconds: read.NOTIFICATIONS_HEARTBEAT_GRACE_SECONDS,
  });
}
