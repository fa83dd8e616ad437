import { readFileSync } from 'node:fs';
import type { SecureContextOptions } from 'node:tls';
import type { Environment } from './doctor-context.ts';

/** A variable for metrics, else the one for all signals; an empty one counts as unset. */
export function otlpVariable(env: Environment, name: string): string | undefined {
  const of = (variable: string) => env[variable]?.trim() || undefined;
  return of(`OTEL_EXPORTER_OTLP_METRICS_${name}`) ?? of(`OTEL_EXPORTER_OTLP_${name}`);
}

/** Where the SDK posts metrics by its variables; `undefined` when they name none. */
export function otlpMetricsUrl(env: Environment): string | undefined {
  const own = env.OTEL_EXPORTER_OTLP_METRICS_ENDPOINT?.trim();
  if (own) return own;
  const base = env.OTEL_EXPORTER_OTLP_ENDPOINT?.trim();
  return base ? metricsUrl(base) : undefined;
}

export const metricsUrl = (base: string): string => `${base.replace(/\/+$/, '')}/v1/metrics`;

/** The headers of every export; what is malformed is left out, as the SDK does. */
export function otlpHeaders(env: Environment): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (const name of ['OTEL_EXPORTER_OTLP_HEADERS', 'OTEL_EXPORTER_OTLP_METRICS_HEADERS']) {
    for (const pair of (env[name] ?? '').split(',')) {
      const equals = pair.indexOf('=');
      if (equals < 1) continue;
      try {
        headers[pair.slice(0, equals).trim().toLowerCase()] = decodeURIComponent(
          pair.slice(equals + 1).trim(),
        );
      } catch {
        // Not percent-encoded: the row of the settings says it.
      }
    }
  }
  return { ...headers, ...tokenOf(env) };
}

/** The token of the file that the SDK reads; it wins over a header. */
function tokenOf(env: Environment): { readonly authorization?: string } {
  const path = env.BELLWETHER_OTLP_TOKEN_FILE?.trim();
  if (!path) return {};
  try {
    const token = readFileSync(path, 'utf8').trim();
    return token === '' || /\s/.test(token) ? {} : { authorization: `Bearer ${token}` };
  } catch {
    // The Collector's answer says that a token is missing.
    return {};
  }
}

/** The certificates of the variables. A file that can't be read is left out: the row of the settings says it. */
export function otlpTls(env: Environment): SecureContextOptions {
  const file = (name: string) => {
    const path = otlpVariable(env, name);
    if (path === undefined) return undefined;
    try {
      return readFileSync(path);
    } catch {
      return undefined;
    }
  };
  const ca = file('CERTIFICATE');
  const cert = file('CLIENT_CERTIFICATE');
  const key = file('CLIENT_KEY');
  return { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) };
}
