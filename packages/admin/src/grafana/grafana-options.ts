import type { Request } from 'express';
import type { Authorize } from '../identity.ts';
import type { GrafanaKey } from './grafana-key.ts';
import type { GrafanaRole } from './sign-grafana-token.ts';

/** Only `url`, `key` and `authorize` are needed. */
export interface GrafanaProxyOptions {
  /** Where the app reaches Grafana, as `http://grafana:3000`. Never reachable from outside. */
  readonly url: string;
  /** From `readGrafanaKey()`. Grafana has the public half. */
  readonly key: GrafanaKey;
  /** Who sent a request, as for `monitoring()`. Only super admins get through; when it throws, nobody. */
  readonly authorize: Authorize;
  /** Where browsers find Grafana; the path of its `root_url`. Default `/grafana`: mount it there. */
  readonly path?: string;
  /** What super admins are in Grafana. Default Viewer; an Editor may explore, an Admin may change data sources. */
  readonly role?: GrafanaRole;
  /** Claims that Grafana's `expect_claims` names. Default `bellwether`. */
  readonly issuer?: string;
  /** Default `grafana`. */
  readonly audience?: string;
  /** A check of the app's own of requests that change something, beside ours. False refuses. */
  readonly csrf?: (request: Request) => boolean | Promise<boolean>;
  /** How long a token is good for, in seconds, 10 to 300. Default 60. */
  readonly tokenSeconds?: number;
  /** How long a request may take in all, its body and the answer included, in milliseconds, 100 to 600,000. Default 60,000. */
  readonly timeoutMs?: number;
  /** The largest body of a request, in bytes. Default 1 MiB: a dashboard's questions. */
  readonly maxBodyBytes?: number;
  /** Requests at the same time, 1 to 1,024. Default 64. One more gets ERR_GRAFANA_BUSY. */
  readonly maxConcurrent?: number;
}

/** The options with their defaults, checked. */
export interface GrafanaSettings extends Required<Omit<GrafanaProxyOptions, 'url' | 'csrf'>> {
  readonly upstream: URL;
  readonly csrf: ((request: Request) => boolean | Promise<boolean>) | undefined;
}

const numbers = {
  tokenSeconds: [10, 300, 60],
  timeoutMs: [100, 600_000, 60_000],
  maxBodyBytes: [1_024, 2 ** 26, 2 ** 20],
  maxConcurrent: [1, 1_024, 64],
} as const;

/** The options with their defaults. Throws a TypeError that names every mistake, with ERR_GRAFANA_OPTION. */
export function readGrafanaOptions(options: GrafanaProxyOptions): GrafanaSettings {
  const problems: string[] = [];
  const number = (name: keyof typeof numbers): number => {
    const [least, most, fallback] = numbers[name];
    const value = options[name] ?? fallback;
    if (!(value >= least && value <= most))
      problems.push(`Expected ${name} to be from ${least} to ${most}, got ${value}.`);
    return value;
  };
  const { url, key, authorize, path = '/grafana', role = 'Viewer' } = options;
  const upstream = URL.canParse(url) ? new URL(url) : undefined;
  if (upstream === undefined || !/^https?:$/.test(upstream.protocol) || upstream.username !== '')
    problems.push('Expected url to be an http(s) address without a user.');
  if (typeof key?.id !== 'string') problems.push('Expected key to come from readGrafanaKey().');
  if (typeof authorize !== 'function')
    problems.push('Expected authorize to be a function: without it everybody would be let in.');
  if (!/^(\/[\w-]+)+$/.test(path)) problems.push('Expected path to be like /grafana.');
  if (!/^(Viewer|Editor|Admin)$/.test(role))
    problems.push('Expected role to be Viewer, Editor or Admin.');
  const settings = {
    ...{ key, authorize, path, role, csrf: options.csrf },
    issuer: options.issuer ?? 'bellwether',
    audience: options.audience ?? 'grafana',
    tokenSeconds: number('tokenSeconds'),
    timeoutMs: number('timeoutMs'),
    maxBodyBytes: number('maxBodyBytes'),
    maxConcurrent: number('maxConcurrent'),
  };
  if (problems.length > 0 || upstream === undefined)
    throw new TypeError(`${problems.join(' ')} ERR_GRAFANA_OPTION`);
  return Object.freeze({ ...settings, upstream });
}
