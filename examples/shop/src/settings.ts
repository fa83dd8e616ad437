import { z } from 'zod';
import { withSecretFiles } from './secret-files.ts';

const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }),
  JWT_SECRET: z.string().min(32),
  SHOP_ADMIN_TOKEN: z.string().min(16).optional(),
  SHOP_DATABASE_CONNECTIONS: z.coerce.number().int().min(1).max(100).default(10),
  SHOP_CACHE_SECONDS: z.coerce.number().int().min(1).max(3600).default(30),
  SHOP_CART_IDLE_SECONDS: z.coerce.number().int().min(1).max(604_800).default(1_800),
  SHOP_PAYMENT_URL: z.url({ protocol: /^https?$/ }).optional(),
  SHOP_ORDER_QUEUE: z
    .string()
    .regex(/^[\w-]{1,64}$/)
    .optional(),
  SHOP_COMMIT: z.string().optional(),
  SHOP_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  SHOP_TRUSTED_PROXIES: z.string().optional(),
  SHOP_PROMETHEUS_URL: z.url({ protocol: /^https?$/ }).optional(),
  SHOP_TENANT_PROMETHEUS_URL: z.url({ protocol: /^https?$/ }).optional(),
  SHOP_ALERTMANAGER_URL: z.url({ protocol: /^https?$/ }).optional(),
  // The SDK reads it, says what is wrong with it, and takes its default then; so do we.
  OTEL_METRIC_EXPORT_INTERVAL: z.coerce.number().min(1).max(300_000).catch(60_000),
  SHOP_GRAFANA_URL: z.url({ protocol: /^https?$/ }).optional(),
  SHOP_GRAFANA_KEY_FILE: z.string().optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
});

const SECRETS = ['DATABASE_URL', 'REDIS_URL', 'JWT_SECRET', 'SHOP_ADMIN_TOKEN'] as const;

/** What the environment says, checked. See README.md for the meaning of each variable. */
export interface Settings {
  readonly port: number;
  readonly host: string;
  readonly databaseUrl: string;
  readonly redisUrl: string;
  /** Signs and verifies tokens (HS256). At least 32 characters. */
  readonly jwtSecret: Uint8Array;
  /** Opens `/admin/faults`; without it that does not exist. */
  readonly adminToken: string | undefined;
  readonly databaseConnections: number;
  readonly cacheSeconds: number;
  /** A cart in which nothing has happened for so long is abandoned. */
  readonly cartIdleSeconds: number;
  /** The provider that is asked over HTTP; without it the gateway answers by itself. */
  readonly paymentUrl: string | undefined;
  /** The queue of BullMQ that paid orders are put in; without it they are not. */
  readonly orderQueue: string | undefined;
  readonly commit: string | undefined;
  /** The origin at which browsers find the admin area, as `https://shop.example`. Default: `http://` and the Host of each request. */
  readonly publicOrigin: string | undefined;
  /** Proxies whose X-Forwarded-For is believed, as Express has it: `loopback`, addresses, networks. Default: none. */
  readonly trustedProxies: string | undefined;
  /** Whom the monitoring page asks. Without Prometheus there is no page. */
  readonly monitoring: {
    readonly prometheusUrl: string | undefined;
    /** prom-label-proxy; without it tenants have no page. */
    readonly tenantPrometheusUrl: string | undefined;
    readonly alertmanagerUrl: string | undefined;
  };
  /** Seconds between two exports of our own metrics: the monitoring page looks at so much of them. */
  readonly exportSeconds: number;
  /** Without it there is no /grafana. */
  readonly grafana: { readonly url: string; readonly keyFile: string } | undefined;
  readonly logLevel: string;
}

/**
 * Reads the settings once. Each secret may be in a file: `JWT_SECRET_FILE` names the one with `JWT_SECRET`, and so on.
 * Throws one error that names every wrong variable and never quotes a value.
 */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const parsed = Environment.safeParse(withSecretFiles(environment, SECRETS));
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      ({ path, message }) => `${path.join('.')}: ${message}`,
    );
    throw new Error(`Expected the shop's environment to be complete, got ${problems.join('; ')}`);
  }
  const read = parsed.data;
  return Object.freeze({
    port: read.PORT,
    host: read.HOST,
    databaseUrl: read.DATABASE_URL,
    redisUrl: read.REDIS_URL,
    jwtSecret: new TextEncoder().encode(read.JWT_SECRET),
    adminToken: read.SHOP_ADMIN_TOKEN,
    databaseConnections: read.SHOP_DATABASE_CONNECTIONS,
    cacheSeconds: read.SHOP_CACHE_SECONDS,
    cartIdleSeconds: read.SHOP_CART_IDLE_SECONDS,
    paymentUrl: read.SHOP_PAYMENT_URL,
    orderQueue: read.SHOP_ORDER_QUEUE,
    commit: read.SHOP_COMMIT,
    publicOrigin: originOf(read.SHOP_PUBLIC_URL),
    trustedProxies: read.SHOP_TRUSTED_PROXIES,
    monitoring: Object.freeze({
      prometheusUrl: read.SHOP_PROMETHEUS_URL,
      tenantPrometheusUrl: read.SHOP_TENANT_PROMETHEUS_URL,
      alertmanagerUrl: read.SHOP_ALERTMANAGER_URL,
    }),
    exportSeconds: read.OTEL_METRIC_EXPORT_INTERVAL / 1_000,
    grafana: grafanaOf(read.SHOP_GRAFANA_URL, read.SHOP_GRAFANA_KEY_FILE),
    logLevel: read.LOG_LEVEL,
  });
}

function grafanaOf(url: string | undefined, keyFile: string | undefined): Settings['grafana'] {
  if (url === undefined && keyFile === undefined) return undefined;
  if (url === undefined || keyFile === undefined) {
    throw new Error(
      'Expected SHOP_GRAFANA_URL and SHOP_GRAFANA_KEY_FILE together, got one of them; npm run grafana-key makes a key',
    );
  }
  return Object.freeze({ url, keyFile });
}

function originOf(url: string | undefined): string | undefined {
  return url === undefined ? undefined : new URL(url).origin;
}
