import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Request } from 'express';
import { type AuditTrail, noAuditTrail } from './audit-trail.ts';
import type { Catalog } from './catalog/catalog.ts';
import { defaultCatalog } from './catalog/default-catalog.ts';
import { type NamedQueries, readCatalog } from './catalog/read-catalog.ts';
import type { Authorize } from './identity.ts';

/** Only `prometheus` and `authorize` are needed. */
export interface MonitoringOptions {
  /** Asked for super admins, about everybody. Never reachable from outside: it knows no users. */
  readonly prometheus: { readonly url: string };
  /**
   * prom-label-proxy in front of the same Prometheus: every question about one tenant goes there, its name in `header` (default
   * `X-Tenant`). Without it tenants get ERR_ADMIN_TENANT_PROXY, and super admins can't look at one tenant.
   */
  readonly tenantPrometheus?: { readonly url: string; readonly header?: string };
  /** Without it there are no alerts and no silences. */
  readonly alertmanager?: { readonly url: string };
  /** Who sent a request: undefined is nobody. When it throws, nobody. Asked at every request, and now and then of a live stream. */
  readonly authorize: Authorize;
  /** Where it is kept who silenced what. Default: nowhere, and nothing can be silenced. */
  readonly audit?: AuditTrail;
  /** What may be asked. Default: what an app can be asked that counts by the presets. `bellwether generate` writes admin/catalog.json. */
  readonly catalog?: Catalog;
  /** A check of the app's own of requests that change something, beside ours. False refuses. */
  readonly csrf?: (request: Request) => boolean | Promise<boolean>;
  /** Where nobody is sent who asks for the page. Default: a page that says so, with status 401. */
  readonly signInUrl?: string;
  /** Grafana as the browser reaches it, and its boards by the id of a view. */
  readonly grafana?: { readonly url: string; readonly boards?: Readonly<Record<string, string>> };
  /** What a tenant's name looks like, as the SDK's `tenant.pattern`. Default letters, digits, ".", "_", "-". */
  readonly tenantPattern?: RegExp;
  /** How often the page asks again, in seconds, 1 to 3,600. Default 15. */
  readonly refreshSeconds?: number;
  /** How often a live stream gets figures, in seconds, 1 to 60. Default 5. */
  readonly liveSeconds?: number;
  /** Live streams at a time, 1 to 10,000. Default 200. One more gets ERR_ADMIN_BUSY. */
  readonly maxLive?: number;
  /** Seconds between two samples of a series, 1 to 300: windows of rates are at least four of them. Default 60, that of the SDK. */
  readonly sampleSeconds?: number;
  /** How long an answer may take, its time in the queue included, in milliseconds, 100 to 120,000. Default 10,000. */
  readonly timeoutMs?: number;
  /** Questions that Prometheus is asked at the same time, 1 to 256. Default 16. */
  readonly maxConcurrent?: number;
  /** Questions that wait for their turn, 0 to 10,000. Default 128. One more gets ERR_ADMIN_BUSY. */
  readonly maxQueued?: number;
  /** Requests of one user at the same time, 1 to 1,000. Default 32. One more gets ERR_ADMIN_TOO_MANY. */
  readonly maxPerUser?: number;
  /** How long an answer is given again, in seconds, 0 to 300. Default 5. */
  readonly cacheSeconds?: number;
  /** Memory of answers that may be given again, in bytes. Default 32 MiB. */
  readonly cacheBytes?: number;
  /** Longest time range, in days, 1 to 400. Default 92. */
  readonly maxRangeDays?: number;
  /** Moments of one answer, 10 to 11,000. Default 1,000: a smaller step is refused. */
  readonly maxPoints?: number;
  /** Series or rows of one answer, 1 to 20,000. Default 500: the rest is left out, and said. */
  readonly maxSeries?: number;
  /** Tenants in the table, 1 to 100,000. Default 10,000. */
  readonly maxTenants?: number;
  /** Bytes of one answer of a server. Default 16 MiB. */
  readonly maxAnswerBytes?: number;
  /** Longest silence, in minutes. Default 10,080: a week. */
  readonly maxSilenceMinutes?: number;
  /** Folder of the built page. Default: the one in this package. */
  readonly pageFolder?: string;
  /** Told of every fault of the router itself (ERR_ADMIN_INTERNAL) and of authorize, for the log of the app. Default: nobody. */
  readonly onError?: (error: unknown) => void;
}

/** The options with their defaults, checked. */
export interface Settings {
  readonly prometheus: string;
  readonly tenantPrometheus: { readonly url: string; readonly header: string } | undefined;
  readonly alertmanager: string | undefined;
  readonly authorize: Authorize;
  readonly audit: AuditTrail;
  readonly catalog: NamedQueries;
  readonly csrf: ((request: Request) => boolean | Promise<boolean>) | undefined;
  readonly signInUrl: string | undefined;
  readonly grafana: { url: string; boards: Readonly<Record<string, string>> } | null;
  readonly tenantPattern: RegExp;
  readonly pageFolder: string;
  readonly onError: (error: unknown) => void;
  readonly limits: Readonly<Record<Limit, number>>;
}

/** Lowest, highest and default value of every number. */
const limits = {
  refreshSeconds: [1, 3_600, 15],
  liveSeconds: [1, 60, 5],
  maxLive: [1, 10_000, 200],
  sampleSeconds: [1, 300, 60],
  timeoutMs: [100, 120_000, 10_000],
  maxConcurrent: [1, 256, 16],
  maxQueued: [0, 10_000, 128],
  maxPerUser: [1, 1_000, 32],
  cacheSeconds: [0, 300, 5],
  cacheBytes: [0, 2 ** 31, 32 * 2 ** 20],
  maxRangeDays: [1, 400, 92],
  maxPoints: [10, 11_000, 1_000],
  maxSeries: [1, 20_000, 500],
  maxTenants: [1, 100_000, 10_000],
  maxAnswerBytes: [1_024, 2 ** 29, 16 * 2 ** 20],
  maxSilenceMinutes: [1, 525_600, 10_080],
} as const;

export type Limit = keyof typeof limits;

/** The options with their defaults. Throws a TypeError that names every mistake, with ERR_ADMIN_OPTION. */
export function readOptions(options: MonitoringOptions): Settings {
  const problems: string[] = [];
  const address = (name: string, url: unknown): string => {
    const text = typeof url === 'string' ? url.replace(/\/+$/, '') : '';
    if (!isHttp(text)) problems.push(`Expected ${name} to be an http(s) address.`);
    return text;
  };
  const numbers = Object.entries(limits).map(([name, [least, most, fallback]]) => {
    const value: unknown = options[name as Limit] ?? fallback;
    if (typeof value !== 'number' || !(value >= least && value <= most))
      problems.push(`Expected ${name} to be from ${least} to ${most}, got ${String(value)}.`);
    return [name, value];
  });
  const {
    tenantPrometheus,
    alertmanager,
    grafana,
    tenantPattern = /^[A-Za-z0-9][\w.-]{0,63}$/,
  } = options;
  const header = tenantPrometheus?.header ?? 'X-Tenant';
  if (!/^[A-Za-z][A-Za-z0-9-]{0,63}$/.test(header))
    problems.push('Expected tenantPrometheus.header to be the name of a header.');
  if (typeof options.authorize !== 'function')
    problems.push('Expected authorize to be a function: without it everybody would be let in.');
  const settings: Settings = {
    prometheus: address('prometheus.url', options.prometheus?.url),
    tenantPrometheus: tenantPrometheus && {
      url: address('tenantPrometheus.url', tenantPrometheus.url),
      header,
    },
    alertmanager: alertmanager && address('alertmanager.url', alertmanager.url),
    authorize: options.authorize,
    audit: options.audit ?? noAuditTrail,
    catalog: readCatalog(options.catalog ?? defaultCatalog),
    csrf: options.csrf,
    signInUrl: options.signInUrl,
    grafana: grafana ? { url: grafana.url, boards: grafana.boards ?? {} } : null,
    tenantPattern: new RegExp(tenantPattern.source, tenantPattern.flags.replace(/[gy]/g, '')),
    pageFolder: options.pageFolder ?? shippedPage(),
    onError: options.onError ?? (() => {}),
    limits: Object.fromEntries(numbers) as Record<Limit, number>,
  };
  if (problems.length > 0) throw new TypeError(`${problems.join(' ')} ERR_ADMIN_OPTION`);
  return Object.freeze(settings);
}

function isHttp(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** Beside the built module, or where the build puts it when the sources run. */
function shippedPage(): string {
  const [built, beside] = ['./page/', '../dist/page/'].map((folder) =>
    fileURLToPath(new URL(folder, import.meta.url)),
  ) as [string, string];
  return existsSync(`${built}index.html`) ? built : beside;
}
