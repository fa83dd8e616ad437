import { AdminError } from '../admin-error.ts';
import type { Settings } from '../monitoring-options.ts';
import { boundedFetch } from './bounded-fetch.ts';

type Proxy = NonNullable<Settings['tenantPrometheus']>;

/** How long a proof holds: a server that was changed meanwhile is found out. */
const HOLDS_MS = 60_000;

/**
 * Makes sure that what is said to be prom-label-proxy is one, before a tenant's question goes there: it must refuse a question
 * without a tenant, and one whose own matcher contradicts its tenant. A plain Prometheus answers both.
 * @returns a function that throws ERR_ADMIN_TENANT_PROXY, ERR_ADMIN_PROMETHEUS_DOWN or _SLOW
 */
export function proveTenantProxy(settings: Settings): (signal: AbortSignal) => Promise<Proxy> {
  const { tenantPrometheus: proxy } = settings;
  const maxBytes = settings.limits.maxAnswerBytes;
  let provenUntil = 0;
  let underWay: Promise<void> | undefined;

  const statusOf = async (
    { url, header }: Proxy,
    query: string,
    tenant: string | undefined,
    signal: AbortSignal,
  ) => {
    const { status } = await boundedFetch({
      backend: 'PROMETHEUS',
      url: `${url}/api/v1/query`,
      method: 'POST',
      body: new URLSearchParams({ query }),
      ...(tenant !== undefined && { headers: { [header]: tenant } }),
      maxBytes,
      signal,
    });
    return status;
  };
  const prove = async (given: Proxy, signal: AbortSignal) => {
    const [nobody, contradiction] = await Promise.all([
      statusOf(given, 'up', undefined, signal),
      statusOf(given, 'up{tenant_id="bellwether-b"}', 'bellwether-a', signal),
    ]);
    if (![nobody, contradiction].every((status) => status >= 400 && status < 500))
      throw noProxy('What answers there lets through what prom-label-proxy refuses.');
    provenUntil = Date.now() + HOLDS_MS;
  };

  return async (signal) => {
    if (proxy === undefined) throw noProxy('None is configured.');
    if (provenUntil < Date.now()) {
      underWay ??= prove(proxy, signal).finally(() => {
        underWay = undefined;
      });
      await underWay;
    }
    return proxy;
  };
}

const noProxy = (why: string) =>
  new AdminError(
    'ERR_ADMIN_TENANT_PROXY',
    `The numbers of one tenant need prom-label-proxy. ${why}`,
    'Give monitoring() a tenantPrometheus: prom-label-proxy -label tenant_id -header-name X-Tenant -error-on-replace.',
  );
