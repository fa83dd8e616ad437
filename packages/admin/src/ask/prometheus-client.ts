import { AdminError } from '../admin-error.ts';
import type { Settings } from '../monitoring-options.ts';
import { backendError, boundedFetch, tooLarge } from './bounded-fetch.ts';
import { proveTenantProxy } from './prove-tenant-proxy.ts';
import { turns } from './turns.ts';

/** One series or row of an answer. */
export interface PromSeries {
  readonly labels: Readonly<Record<string, string>>;
  /** Unix seconds and value; null where there is no number, or one that JSON does not have. */
  readonly points: readonly (readonly [seconds: number, value: number | null])[];
}

export interface PromAnswer {
  readonly series: readonly PromSeries[];
  /** Whether there were more than asked for. */
  readonly truncated: boolean;
  readonly warnings: readonly string[];
}

export interface PromQuestion {
  readonly promql: string;
  /** Asked through the proxy; undefined asks about everybody. */
  readonly tenant: string | undefined;
  readonly limit: number;
  /** Moments of a range, or one moment; undefined is now, by the clock of Prometheus. */
  readonly at?: number | { readonly from: number; readonly to: number; readonly step: number };
}

export interface PrometheusClient {
  /** Throws ERR_ADMIN_PROMETHEUS_*, ERR_ADMIN_TENANT_PROXY, ERR_ADMIN_ISOLATION, ERR_ADMIN_TOO_LARGE, ERR_ADMIN_BUSY. */
  ask(question: PromQuestion): Promise<PromAnswer>;
}

/** Clocks that are further apart than this make the newest moments of a range wrong. */
const TOLERATED_SKEW = 5;

export function prometheusClient(settings: Settings): PrometheusClient {
  const { timeoutMs, maxConcurrent, maxQueued, maxAnswerBytes: maxBytes } = settings.limits;
  const inTurn = turns(maxConcurrent, maxQueued);
  const prove = proveTenantProxy(settings);

  return {
    ask({ promql, tenant, limit, at }) {
      const signal = AbortSignal.timeout(timeoutMs);
      return inTurn.run(async () => {
        const proxy = tenant === undefined ? undefined : await prove(signal);
        const range = typeof at === 'object' ? at : undefined;
        const body = new URLSearchParams({
          query: promql,
          limit: String(limit + 1),
          timeout: `${timeoutMs}ms`,
          ...(range && { start: `${range.from}`, end: `${range.to}`, step: `${range.step}` }),
          ...(typeof at === 'number' && { time: `${at}` }),
        });
        const { status, json, ahead } = await boundedFetch({
          backend: 'PROMETHEUS',
          url: `${proxy?.url ?? settings.prometheus}/api/v1/${range ? 'query_range' : 'query'}`,
          method: 'POST',
          body,
          ...(proxy && tenant !== undefined && { headers: { [proxy.header]: tenant } }),
          maxBytes,
          signal,
        });
        const series = readResult(status, json);
        if (tenant !== undefined) checkIsolation(series, tenant);
        return {
          series: series.slice(0, limit),
          truncated: series.length > limit,
          warnings: Math.abs(ahead) > TOLERATED_SKEW ? [skewed(ahead)] : [],
        };
      }, signal);
    },
  };
}

function readResult(status: number, json: unknown): readonly PromSeries[] {
  const answer = (typeof json === 'object' && json !== null ? json : {}) as {
    status?: unknown;
    errorType?: unknown;
    error?: unknown;
    data?: { resultType?: unknown; result?: unknown };
  };
  if (answer.status === 'error') {
    if (/too many samples|too many points|exceeded/i.test(String(answer.error))) throw tooLarge();
    const type = String(answer.errorType);
    if (type === 'timeout' || type === 'canceled') throw backendError('PROMETHEUS', 'SLOW');
    throw backendError('PROMETHEUS', status >= 500 ? 'FAILED' : 'REFUSED', answer.error);
  }
  // From a proxy in front of it.
  if (status === 502 || status === 503) throw backendError('PROMETHEUS', 'DOWN');
  if (status === 504) throw backendError('PROMETHEUS', 'SLOW');
  if (status >= 500) throw backendError('PROMETHEUS', 'FAILED');
  if (status >= 400) throw backendError('PROMETHEUS', 'REFUSED');
  const { resultType, result } = answer.data ?? {};
  if (status !== 200 || answer.status !== 'success') throw backendError('PROMETHEUS', 'RUBBISH');
  if (resultType === 'scalar') return [readSeries({ metric: {}, value: result })];
  if (!Array.isArray(result)) throw backendError('PROMETHEUS', 'RUBBISH');
  return result.map(readSeries);
}

function readSeries(series: unknown): PromSeries {
  const { metric, value, values } = (series ?? {}) as {
    metric?: unknown;
    value?: unknown;
    values?: unknown;
  };
  if (typeof metric !== 'object' || metric === null) throw backendError('PROMETHEUS', 'RUBBISH');
  const { __name__: _, ...labels } = metric as Record<string, string>;
  const points = Array.isArray(values) ? values : value === undefined ? [] : [value];
  return { labels, points: points.map(readPoint) };
}

function readPoint(point: unknown): readonly [number, number | null] {
  if (!Array.isArray(point)) throw backendError('PROMETHEUS', 'RUBBISH');
  const [seconds, text] = point as [unknown, unknown];
  if (typeof seconds !== 'number' || typeof text !== 'string')
    throw backendError('PROMETHEUS', 'RUBBISH');
  const value = Number(text);
  return [seconds, Number.isFinite(value) ? value : null];
}

/** The proxy alone keeps tenants apart; this catches one that was configured for another label. */
function checkIsolation(series: readonly PromSeries[], tenant: string): void {
  if (series.every(({ labels }) => labels.tenant_id === undefined || labels.tenant_id === tenant))
    return;
  throw new AdminError(
    'ERR_ADMIN_ISOLATION',
    'The answer was about somebody else and is not shown.',
    'This is a fault of the installation: prom-label-proxy must enforce the label tenant_id.',
  );
}

const skewed = (ahead: number) =>
  `The clock of Prometheus is ${Math.abs(Math.round(ahead))} s ${ahead > 0 ? 'ahead of' : 'behind'} that of the application: the newest moments may be missing.`;
